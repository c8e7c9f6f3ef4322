package dev.onward.jdbc;

import dev.onward.session.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes plain changes of different sessions, all or nothing. */
interface ChangesWriter {

    /** @return for each change, in their order, whether the session stood as it expects, or it was written before */
    List<Boolean> write(Connection connection, List<Change> changes) throws SQLException;
}
