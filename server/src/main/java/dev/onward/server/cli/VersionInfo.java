package dev.onward.server.cli;

import dev.onward.jdbc.migration.Migrations;
import java.util.Optional;

/** Which Onward this is. */
public final class VersionInfo {
    private VersionInfo() {}

    /** As the jar says; classes that were not packed are a development version. */
    public static String number() {
        return Optional.ofNullable(VersionInfo.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    static String text() {
        return "onward " + number() + " (schema " + Migrations.newestVersion() + ", Java " + Runtime.version() + ")";
    }
}
