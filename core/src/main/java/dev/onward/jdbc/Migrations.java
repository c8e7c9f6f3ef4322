package dev.onward.jdbc;

import java.util.List;

/** Brings the database's schema up to date; a standing {@code onboarding_sessions} of the original is adopted. */
public interface Migrations {

    /** A migration that has not run yet. */
    record Pending(String version, String description, String sql) {}

    /**
     * What {@link #migrate} would run, in order; empty where the schema is up to date.
     *
     * @throws DatabaseException where a table stands that has one of our names and not our columns
     */
    List<Pending> pending();

    /**
     * Runs what is pending, then takes in what other software wrote.
     *
     * @return what was run
     * @throws DatabaseException as {@link #pending}, or where a migration fails
     */
    List<Pending> migrate();
}
