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

/**
 * Writes one unit of work after the other: in SQLite, a statement costs no round trip, and the commit is the slow part.
 */
record SqliteBatchWriter(UnitOfWorkWriter writer) implements BatchWriter {
    /** From this number of units on, caching statements for the batch is faster. */
    private static final int UNITS_BEFORE_CACHING = 8;

    @Override
    public List<Optional<CommitResult>> write(Connection connection, List<UnitOfWork> unitsOfWork) throws SQLException {
        if (unitsOfWork.size() < UNITS_BEFORE_CACHING) {
            return writeAll(connection, unitsOfWork);
        }
        try (StatementCache.CachingConnection batch = StatementCache.during(connection)) {
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
