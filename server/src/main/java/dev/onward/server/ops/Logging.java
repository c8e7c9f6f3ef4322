package dev.onward.server.ops;

import dev.onward.server.config.LogFormat;
import dev.onward.server.config.LogLevel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The format and level of the log. Passed as system properties, because logback instantiates its configurator itself.
 */
public final class Logging {
    private static final String FORMAT = "onward.log.format";
    private static final String LEVEL = "onward.log.level";

    private Logging() {}

    /** Takes effect only before the first logger is created. */
    public static void configure(LogFormat format, LogLevel level) {
        System.setProperty(FORMAT, format.name());
        System.setProperty(LEVEL, level.name());
    }

    /** Empty if it is not configured. */
    static Optional<LogFormat> format() {
        return Arrays.stream(LogFormat.values())
                .filter(format -> format.name().equals(System.getProperty(FORMAT)))
                .findFirst();
    }

    static LogLevel level() {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().equals(System.getProperty(LEVEL)))
                .findFirst()
                .orElse(LogLevel.INFO);
    }
}
