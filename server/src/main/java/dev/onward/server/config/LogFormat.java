package dev.onward.server.config;

/** How log lines look. */
public enum LogFormat {
    /** For people. */
    PLAIN,
    /** One JSON object a line. */
    JSON
}
