package dev.onward.jdbc;

import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes one behind the other: in SQLite a statement costs no way, and the commit is what takes long. */
record SqliteWritingsWriter(WritingWriter writer) implements WritingsWriter {
    /** From so many on it pays to prepare each statement once for all of them. */
    private static final int MANY = 8;

    @Override
    public List<Optional<Written>> write(Connection connection, List<Writing> writings) throws SQLException {
        if (writings.size() < MANY) {
            return writeAll(connection, writings);
        }
        try (KeptStatements.Batch batch = KeptStatements.during(connection)) {
            return writeAll(batch.connection(), writings);
        }
    }

    private List<Optional<Written>> writeAll(Connection connection, List<Writing> writings) throws SQLException {
        List<Optional<Written>> written = new ArrayList<>();
        for (Writing writing : writings) {
            written.add(Optional.of(writer.write(connection, writing)));
        }
        return written;
    }
}
