package dev.onward.server.config;

/** What the setting {@code pooler} says of a pooler (PgBouncer and the like) before PostgreSQL. */
public enum Pooler {
    /** There may be one in transaction mode: each new connection is checked. */
    AUTO,
    /** There is none in transaction mode, and nothing is checked. */
    NONE
}
