package dev.onward.testing;

/** The databases that every test of a store runs on. */
public enum DatabaseKind {
    SQLITE,
    POSTGRESQL
}
