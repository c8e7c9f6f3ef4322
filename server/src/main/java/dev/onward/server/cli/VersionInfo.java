package dev.onward.server.cli;

import dev.onward.jdbc.migration.Migrations;
import java.util.Optional;

/** The version of Onward. */
public final class VersionInfo {
    private VersionInfo() {}

    /** The version in the jar's manifest; a development version if the classes are not in a jar. */
    public static String number() {
        return Optional.ofNullable(VersionInfo.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    static String text() {
        return "onward " + number() + " (schema " + Migrations.newestVersion() + ", Java " + Runtime.version() + ")";
    }
}
