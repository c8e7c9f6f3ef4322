package dev.onward.jdbc.store;

import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.migration.MigrationDialect;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.retention.RetentionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** One of the two databases: its SQL, its connections, and the work that it does in a way of its own. */
public interface Backend {

    Dialect dialect();

    MigrationDialect migrations();

    /** @param lockFiles that have to stay in place where the database is a file */
    Connections connections(DataSource dataSource, List<Path> lockFiles);

    /** Writes for several sessions at once. */
    BatchWriter batchWriter();

    /** Gives sessions that other software wrote the events and profiles that their columns tell of. */
    Backfill backfill();

    /**
     * Deletes what other software left behind when it deleted sessions, in bounded batches.
     *
     * @return how many sessions' K-Blocks were deleted
     */
    int deleteOrphans(Transactions transactions);

    RetentionStore retention(Transactions transactions);

    /**
     * Puts the events that the caller's own transaction wrote for a session behind the session's earlier ones. The
     * transaction may be older than the one that wrote those.
     */
    void orderEvents(Connection connection, String sessionId) throws SQLException;

    /** How many batches are read at once at most, where one is held up. */
    int readersAtOnce();

    /** How many batches are written at once at most, where one is held up. */
    int writersAtOnce();
}
