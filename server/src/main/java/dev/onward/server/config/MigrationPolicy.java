package dev.onward.server.config;

/** What {@code serve} does if the database's schema is behind. */
public enum MigrationPolicy {
    /** Migrate it. */
    AUTO,
    /** Fail, and list the pending migrations. */
    CHECK
}
