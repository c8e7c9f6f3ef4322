package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.migration.MigrationDialect;
import dev.onward.jdbc.store.Backend;
import dev.onward.jdbc.store.BatchWriter;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.retention.RetentionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** PostgreSQL 15 and later. */
public record PostgresBackend(WriteLimits limits) implements Backend {

    @Override
    public Dialect dialect() {
        return new PostgresDialect(limits);
    }

    @Override
    public MigrationDialect migrations() {
        return new PostgresMigrationDialect();
    }

    @Override
    public Connections connections(DataSource dataSource, List<Path> lockFiles) {
        return new PostgresConnections(dataSource, limits);
    }

    @Override
    public BatchWriter batchWriter() {
        return new PostgresBatchWriter(limits);
    }

    @Override
    public Backfill backfill() {
        return new PostgresBackfill();
    }

    /** Nothing to delete: PostgreSQL's foreign keys leave no orphans. */
    @Override
    public int deleteOrphans(Transactions transactions) {
        return 0;
    }

    @Override
    public RetentionStore retention(Transactions transactions) {
        return new PostgresRetentionStore(transactions);
    }

    @Override
    public void orderEvents(Connection connection, String sessionId) throws SQLException {
        EventPositions.raiseWithinSession(connection, sessionId);
    }

    @Override
    public int readersAtOnce() {
        return 2;
    }

    @Override
    public int writersAtOnce() {
        return 3;
    }
}
