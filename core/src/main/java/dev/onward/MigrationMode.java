package dev.onward;

/** What {@link Onward.Builder#build} does about the database's schema. */
public enum MigrationMode {
    /** Creates or upgrades the schema. Needs the right to create tables. */
    AUTO,
    /** Fails if the schema is behind. */
    CHECK,
    /** Does not look at the schema. */
    NONE
}
