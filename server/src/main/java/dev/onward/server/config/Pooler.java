package dev.onward.server.config;

/** The setting {@code pooler}: whether a pooler such as PgBouncer is before PostgreSQL. */
public enum Pooler {
    /** Check each new connection for a pooler in transaction mode. */
    AUTO,
    /** Do not check: there is no pooler in transaction mode. */
    NONE
}
