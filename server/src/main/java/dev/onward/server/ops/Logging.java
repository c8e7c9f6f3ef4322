package dev.onward.server.ops;

import dev.onward.server.config.LogFormat;
import dev.onward.server.config.LogLevel;
import java.util.Arrays;
import java.util.Optional;

/** How the log looks and how much it says. Told by system properties, because logback makes its configurator itself. */
public final class Logging {
    private static final String FORMAT = "onward.log.format";
    private static final String LEVEL = "onward.log.level";

    private Logging() {}

    /** Takes effect only before the first logger is made. */
    public static void configure(LogFormat format, LogLevel level) {
        System.setProperty(FORMAT, format.name());
        System.setProperty(LEVEL, level.name());
    }

    /** Empty where nobody configured it. */
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
