package dev.onward.server.ops;

import dev.onward.server.config.LogFormat;
import dev.onward.server.config.LogLevel;

/** How the log looks and how much it says; {@code logback.xml} reads it when the first line is logged. */
public final class Logging {
    private Logging() {}

    /** Takes effect only before the first logger is made. */
    public static void configure(LogFormat format, LogLevel level) {
        System.setProperty("onward.log.format", format.name());
        System.setProperty("onward.log.level", level.name());
    }
}
