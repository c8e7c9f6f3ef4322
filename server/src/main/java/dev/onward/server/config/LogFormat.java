package dev.onward.server.config;

/** The format of log lines. */
public enum LogFormat {
    /** For people. */
    PLAIN,
    /** One JSON object a line. */
    JSON
}
