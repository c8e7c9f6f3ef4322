package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.store.BatchWriter;
import dev.onward.jdbc.store.UnitOfWorkWriter;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes one behind the other: in SQLite a statement costs no way, and the commit is what takes long. */
record SqliteBatchWriter(UnitOfWorkWriter writer) implements BatchWriter {
    /** From so many on it pays to prepare each statement once for all of them. */
    private static final int MANY = 8;

    @Override
    public List<Optional<CommitResult>> write(Connection connection, List<UnitOfWork> unitsOfWork) throws SQLException {
        if (unitsOfWork.size() < MANY) {
            return writeAll(connection, unitsOfWork);
        }
        try (StatementCache.BatchedParameters batch = StatementCache.during(connection)) {
            return writeAll(batch.connection(), unitsOfWork);
        }
    }

    private List<Optional<CommitResult>> writeAll(Connection connection, List<UnitOfWork> unitsOfWork)
            throws SQLException {
        List<Optional<CommitResult>> written = new ArrayList<>();
        for (UnitOfWork writing : unitsOfWork) {
            written.add(Optional.of(writer.write(connection, writing)));
        }
        return written;
    }
}
