package dev.onward.jdbc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the events and profiles that follow from the columns of sessions that other software wrote. */
public interface Backfill {

    /**
     * Locks these sessions until the transaction ends, except those that others have locked. Returns the locked ones.
     */
    List<String> lock(Connection connection, List<String> ids) throws SQLException;

    /** Backfills these sessions within the connection's transaction. Leaves the seed's columns unchanged. */
    void sessions(Connection connection, List<String> ids) throws SQLException;
}
