package dev.onward.server.cli;

import dev.onward.jdbc.Migrations;
import java.util.Optional;

/** Which Onward this is. */
public final class Version {
    private Version() {}

    /** As the jar says; classes that were not packed are a development version. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    static String text() {
        return "onward " + number() + " (schema " + Migrations.newestVersion() + ", Java " + Runtime.version() + ")";
    }
}
