package dev.onward.server.config;

/** The level of Onward's log. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
