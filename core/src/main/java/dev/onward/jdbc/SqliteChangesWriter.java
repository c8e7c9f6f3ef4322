package dev.onward.jdbc;

import dev.onward.session.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes changes one behind the other: in SQLite a statement costs no way, and the commit is what takes long. */
record SqliteChangesWriter(ChangeWriter writer) implements ChangesWriter {

    @Override
    public List<Boolean> write(Connection connection, List<Change> changes) throws SQLException {
        List<Boolean> written = new ArrayList<>();
        for (Change change : changes) {
            written.add(writer.write(connection, change));
        }
        return written;
    }
}
