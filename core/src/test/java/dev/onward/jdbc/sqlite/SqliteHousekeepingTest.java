package dev.onward.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.migration.LegacyRows;
import dev.onward.jdbc.store.IdempotencyRecordWriter;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reads and locks of housekeeping on SQLite, which has only one writer. */
@Tag("sqlite")
class SqliteHousekeepingTest extends StoreTest {
    private static final int ORPHANS = 2 * SqliteOrphanCleanup.BATCH + 1;

    SqliteHousekeepingTest() {
        super(DatabaseKind.SQLITE, Instant.now());
    }

    private void addKBlocks(String session, int from, int to) {
        database.execute("WITH RECURSIVE n (i) AS (SELECT " + from + " UNION ALL SELECT i + 1 FROM n WHERE i < " + to
                + ") INSERT INTO onboarding_kblocks (id, session_id, layer, title, content, loss, confidence, tags,"
                + " created_at, updated_at) SELECT 'k' || i, " + session + ", 1, 't', 'c', 0, 1, '[]', '', '' FROM n");
    }

    @Test
    void deletesTheKBlocksOfDeletedSessionsInBoundedBatches() {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('m')");
        addKBlocks("'gone ' || i", 1, ORPHANS);
        addKBlocks("'m'", ORPHANS + 1, ORPHANS + 2);
        List<Object> batches = new ArrayList<>();
        SqliteDialect dialect = new SqliteDialect();
        try (SqliteConnections connections = new SqliteConnections(database.dataSource(), dialect, List.of())) {
            Transactions transactions = new Transactions(new RecordingConnections(connections, batches), dialect);
            assertThat(new SqliteOrphanCleanup(transactions).delete()).isEqualTo(ORPHANS);
        }
        assertThat(batches).containsExactly(SqliteOrphanCleanup.BATCH, SqliteOrphanCleanup.BATCH, 1);
        assertThat(database.query("SELECT DISTINCT session_id FROM onboarding_kblocks"))
                .containsExactly("m");
        assertThat(database.database().deleteOrphans()).isZero();
    }

    @Test
    void doesNotWaitForTheWriterIfThereIsNothingToDelete() throws SQLException {
        database.execute("INSERT INTO onboarding_sessions (id, started_recorded) VALUES ('m', true)");
        addKBlocks("'m'", 1, 2);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(database.database().backfill()).isZero();
            assertThat(database.database().deleteOrphans()).isZero();
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void everyBoundedQueryUsesAnIndex() throws SQLException {
        assertThat(plan(SqliteRetentionStore.CHOOSE))
                .contains("SEARCH onboarding_sessions USING INDEX idx_onboarding_sessions_cleanup"
                        + " (created_at>? AND created_at<?)");
        assertThat(plan(SqliteOrphanCleanup.NEXT))
                .contains("SEARCH k USING COVERING INDEX sqlite_autoindex_onboarding_kblocks_1 (session_id>?)");
        assertThat(plan(SqliteOrphanCleanup.DELETE))
                .contains(
                        "SEARCH onboarding_kblocks USING COVERING INDEX sqlite_autoindex_onboarding_kblocks_1 (session_id=?)");
        assertThat(plan(IdempotencyRecordWriter.DELETE_OLD))
                .contains(
                        "SEARCH onboarding_idempotency_records USING INDEX onboarding_idempotency_records_created (created_at<?)");
        assertThat(plan(LegacyRows.after(new SqliteDialect())))
                .contains(
                        "SEARCH onboarding_sessions USING INDEX onboarding_sessions_unrecorded ((created_at,id)>(?,?))");
    }

    /** Connections that record the result of each transaction. */
    private record RecordingConnections(Connections connections, List<Object> results) implements Connections {
        @Override
        public <T> T read(ConnectionCallback<T> work) throws SQLException {
            return connections.read(work);
        }

        @Override
        public <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
            T result = connections.write(work);
            results.add(result);
            return result;
        }

        @Override
        public void close() {
            connections.close();
        }
    }

    /** None of them may scan a table or sort all rows. */
    private List<String> plan(String sql) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                plan.add(row.getString("detail"));
            }
        }
        assertThat(plan).noneMatch(line -> line.startsWith("SCAN") || line.equals("USE TEMP B-TREE FOR ORDER BY"));
        return plan;
    }
}
