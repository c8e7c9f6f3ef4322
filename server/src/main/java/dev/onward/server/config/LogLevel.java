package dev.onward.server.config;

/** How much Onward says in its log. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
