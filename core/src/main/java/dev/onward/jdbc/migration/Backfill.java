package dev.onward.jdbc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the events and profiles that follow from the columns of sessions that other software wrote. */
public interface Backfill {

    /**
     * Backfills these sessions within the connection's transaction, except those that others have locked, and those
     * that are not waiting for it. Leaves the seed's columns unchanged.
     *
     * @return the number of backfilled sessions
     */
    int sessions(Connection connection, List<String> ids) throws SQLException;

    /** The number of transactions that should backfill at once. */
    int atOnce();

    /** Backfills a session if it is waiting for it. If others have locked it, this waits for them. */
    void session(Connection connection, String id) throws SQLException;
}
