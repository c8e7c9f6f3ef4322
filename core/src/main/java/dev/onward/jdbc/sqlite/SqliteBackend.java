package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.migration.MigrationDialect;
import dev.onward.jdbc.store.Backend;
import dev.onward.jdbc.store.BatchWriter;
import dev.onward.jdbc.store.UnitOfWorkWriter;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.retention.RetentionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;

/** SQLite 3.39 and later. */
public record SqliteBackend() implements Backend {

    @Override
    public Dialect dialect() {
        return new SqliteDialect();
    }

    @Override
    public MigrationDialect migrations() {
        return new SqliteMigrationDialect();
    }

    @Override
    public Connections connections(DataSource dataSource, List<Path> lockFiles) {
        return new SqliteConnections(dataSource, new SqliteDialect(), lockFiles);
    }

    @Override
    public BatchWriter batchWriter() {
        return new SqliteBatchWriter(new UnitOfWorkWriter(dialect(), backfill()));
    }

    @Override
    public Backfill backfill() {
        return new SqliteBackfill();
    }

    @Override
    public int deleteOrphans(Transactions transactions) {
        return new SqliteOrphanCleanup(transactions).delete();
    }

    @Override
    public RetentionStore retention(Transactions transactions) {
        return new SqliteRetentionStore(transactions, backfill());
    }

    /** Does nothing: on SQLite, positions have the order of commits. */
    @Override
    public void orderEvents(Connection connection, String sessionId) {}

    @Override
    public int readersAtOnce() {
        return 2;
    }

    @Override
    public int writersAtOnce() {
        return 1;
    }
}
