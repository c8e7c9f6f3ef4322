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

/** A database product: its SQL, its connections, and the operations that differ between the products. */
public interface Backend {

    Dialect dialect();

    MigrationDialect migrations();

    /** @param lockFiles must stay in place, if the database is a file */
    Connections connections(DataSource dataSource, List<Path> lockFiles);

    /** Writes changes of several sessions at once. */
    BatchWriter batchWriter();

    /** Writes the events and profiles that follow from the columns of sessions that other software wrote. */
    Backfill backfill();

    /**
     * Deletes the K-Blocks of sessions that other software deleted, in bounded batches.
     *
     * @return the number of sessions whose K-Blocks were deleted
     */
    int deleteOrphans(Transactions transactions);

    RetentionStore retention(Transactions transactions);

    /**
     * Moves the events that the caller's own transaction wrote for a session behind the session's earlier events. The
     * transaction may be older than the one that wrote those.
     */
    void orderEvents(Connection connection, String sessionId) throws SQLException;

    /** The maximum number of concurrent batches of reads, if one takes long. */
    int readersAtOnce();

    /** The maximum number of concurrent batches of writes, if one takes long. */
    int writersAtOnce();
}
