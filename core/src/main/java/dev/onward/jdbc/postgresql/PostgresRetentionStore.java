package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.store.IdempotencyRecordWriter;
import dev.onward.jdbc.transaction.DatabaseClock;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.retention.AbandonedSession;
import dev.onward.retention.RetentionHours;
import dev.onward.retention.RetentionStore;
import dev.onward.session.LongRead;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;

/** Cleanup with the database's functions, which the migrations define. */
record PostgresRetentionStore(Transactions transactions) implements RetentionStore {

    private static final String CHOOSE = """
            SELECT a.id, CAST(a.created_at AS text) AS created_at
            FROM onboarding_abandoned(?, ?, CAST(? AS timestamptz), ?, ?) a
            ORDER BY a.created_at, a.id
            """;

    @Override
    public Instant now() {
        return DatabaseClock.now(transactions);
    }

    @Override
    public List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int limit) {
        String from = after.createdAt().isEmpty() ? "-infinity" : after.createdAt();
        return new LongReads(transactions)
                .all(
                        LongRead.forWork(),
                        CHOOSE,
                        to -> to.time(asOf)
                                .number(hours.value())
                                .text(from)
                                .text(after.id())
                                .number(limit),
                        row -> new AbandonedSession(row.getString("created_at"), row.getString("id")));
    }

    @Override
    public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
        return transactions.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT onboarding_delete_abandoned(?, ?, ?)")) {
                statement.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
                transactions.dialect().setTime(statement, 2, asOf);
                statement.setInt(3, hours.value());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    @Override
    public int deleteIdempotencyRecords(Instant before, int limit) {
        IdempotencyRecordWriter idempotencyRecords = new IdempotencyRecordWriter(transactions.dialect());
        return transactions.write(connection -> idempotencyRecords.deleteOld(connection, before, limit));
    }
}
