package dev.onward.server.config;

/** What serving does where the database's schema is behind. */
public enum MigrationPolicy {
    /** Brings it up to date. */
    AUTO,
    /** Refuses to start, and lists what is pending. */
    CHECK
}
