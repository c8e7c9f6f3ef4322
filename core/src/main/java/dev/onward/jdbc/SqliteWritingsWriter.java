package dev.onward.jdbc;

import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes one behind the other: in SQLite a statement costs no way, and the commit is what takes long. */
record SqliteWritingsWriter(WritingWriter writer) implements WritingsWriter {

    @Override
    public List<Written> write(Connection connection, List<Writing> writings) throws SQLException {
        List<Written> written = new ArrayList<>();
        for (Writing writing : writings) {
            written.add(writer.write(connection, writing));
        }
        return written;
    }
}
