package dev.onward.jdbc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Gives sessions that other software wrote the events and profiles that their columns tell of. */
public interface Backfill {

    /** Those of these sessions that nobody else holds; they are held for the transaction. */
    List<String> free(Connection connection, List<String> ids) throws SQLException;

    /** Takes these sessions in, within the connection's transaction; none is changed in the seed's columns. */
    void sessions(Connection connection, List<String> ids) throws SQLException;
}
