package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.store.IdempotencyRecordWriter;
import dev.onward.jdbc.transaction.DatabaseClock;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.retention.AbandonedSession;
import dev.onward.retention.RetentionHours;
import dev.onward.retention.RetentionStore;
import dev.onward.session.LongRead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Cleanup with SQLite's statements. */
record SqliteRetentionStore(Transactions transactions, Backfill backfill) implements RetentionStore {

    /** ?1: the time of evaluation; ?2: the requested hours. */
    private static final String ABANDONED = new SqliteDialect().abandoned("""
                    max(?2, coalesce(
                        (SELECT f.retention_hours FROM onboarding_flows f WHERE f.flow = onboarding_sessions.flow), 0))
                    """, "?1");

    /**
     * ?3, ?4: the position after which to continue; ?5: the maximum number. The second bound follows from the rule and
     * is computed once, so the rule is evaluated only for sessions that it may match. The plus sign makes SQLite use
     * the index on open sessions.
     */
    static final String CHOOSE = """
            SELECT id, created_at FROM onboarding_sessions
            WHERE (""" + ABANDONED + """
            ) AND created_at >= ?3 AND (created_at, id) > (?3, ?4)
                AND created_at < strftime('%Y-%m-%d %H:%M:%f', ?1, '-' || ?2 || ' hours') || '000'
            ORDER BY created_at, +id
            LIMIT ?5
            """;

    private static final String IS_ABANDONED = "SELECT id FROM onboarding_sessions WHERE " + ABANDONED + " AND id = ?3";

    private static final String ADD_EVENT = """
            INSERT INTO onboarding_events
                (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at,
                session_last_active_at)
            SELECT lower(hex(randomblob(16))), id, user_id, flow, flow_version, 'deleted', current_step, revision + 1,
                strftime('%Y-%m-%d %H:%M:%f', 'now') || '000', created_at, last_active_at
            FROM onboarding_sessions WHERE id = ?1
            """;

    private static final String DELETE_RECORDS = "DELETE FROM onboarding_idempotency_records WHERE session_id = ?";

    private static final String DELETE = "DELETE FROM onboarding_sessions WHERE " + ABANDONED + " AND id = ?3";

    @Override
    public Instant now() {
        return DatabaseClock.now(transactions);
    }

    @Override
    public List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int limit) {
        return new LongReads(transactions)
                .all(
                        LongRead.forWork(),
                        CHOOSE,
                        to -> to.time(asOf)
                                .number(hours.value())
                                .text(after.createdAt())
                                .text(after.id())
                                .number(limit),
                        row -> new AbandonedSession(row.getString("created_at"), row.getString("id")));
    }

    /** SQLite has one writer, so nothing changes between the check and the deletion. */
    @Override
    public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
        return transactions.write(connection -> {
            int deleted = 0;
            try (PreparedStatement isAbandoned = ruled(connection, IS_ABANDONED, asOf, hours);
                    PreparedStatement addEvent = connection.prepareStatement(ADD_EVENT);
                    PreparedStatement deleteRecords = connection.prepareStatement(DELETE_RECORDS);
                    PreparedStatement delete = ruled(connection, DELETE, asOf, hours)) {
                for (String id : ids) {
                    isAbandoned.setString(3, id);
                    if (!ResultRows.strings(isAbandoned).isEmpty()) {
                        backfill.session(connection, id);
                        addEvent.setString(1, id);
                        addEvent.executeUpdate();
                        deleteRecords.setString(1, id);
                        deleteRecords.executeUpdate();
                        delete.setString(3, id);
                        deleted += delete.executeUpdate();
                    }
                }
            }
            return deleted;
        });
    }

    @Override
    public int deleteIdempotencyRecords(Instant before, int limit) {
        IdempotencyRecordWriter idempotencyRecords = new IdempotencyRecordWriter(transactions.dialect());
        return transactions.write(connection -> idempotencyRecords.deleteOld(connection, before, limit));
    }

    private PreparedStatement ruled(Connection connection, String sql, Instant asOf, RetentionHours hours)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        transactions.dialect().setTime(statement, 1, asOf);
        statement.setInt(2, hours.value());
        return statement;
    }
}
