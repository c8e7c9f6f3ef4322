package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Keeps events in order on PostgreSQL where transaction numbers are not enough: in a transaction that began before
 * another one changed the same session, and after a restore into a server that has run fewer transactions.
 */
final class EventPositions {

    private static final String CURRENT_POSITIONS = """
            SELECT greatest(
                    (SELECT coalesce(max(position), 0) FROM onboarding_events),
                    (SELECT coalesce(max(position), 0) FROM onboarding_event_cursors)) AS highest,
                onboarding_position(pg_snapshot_xmax(pg_current_snapshot())) AS next,
                CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint) AS transactions
            """;

    /** The schema's function with another number. */
    private static final String RAISE = """
            CREATE OR REPLACE FUNCTION onboarding_position(transaction_id xid8) RETURNS BIGINT
            LANGUAGE sql IMMUTABLE STRICT AS $$
                SELECT CAST(CAST(transaction_id AS text) AS bigint) + %d
            $$;""";

    /** Usually there is nothing to do. */
    private static final String RAISE_WITHIN_SESSION = """
            UPDATE onboarding_events own SET position = earlier.position
            FROM (
                SELECT s.id, s.created_at, max(e.position) AS position
                FROM onboarding_sessions s
                JOIN onboarding_events e ON e.session_created_at = s.created_at AND e.session_id = s.id
                WHERE s.id = ?
                GROUP BY s.id, s.created_at) earlier
            WHERE own.session_created_at = earlier.created_at AND own.session_id = earlier.id
                AND own.position = onboarding_position(pg_current_xact_id())
                AND own.position < earlier.position
            """;

    private record CurrentPositions(long highest, long next, long transactions) {}

    private EventPositions() {}

    /**
     * Raises the events that this transaction wrote for a session to the position of the session's last event. Readers
     * do not pass that position before this transaction has ended, because it is at least the transaction's own.
     */
    static void raiseWithinSession(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RAISE_WITHIN_SESSION)) {
            statement.setString(1, sessionId);
            statement.executeUpdate();
        }
    }

    /** The pending migration that raises positions; empty if new events already sort behind the existing ones. */
    public static Optional<Migrations.PendingMigration> raise(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CURRENT_POSITIONS)) {
            return ResultRows.first(
                            statement,
                            row -> new CurrentPositions(
                                    row.getLong("highest"), row.getLong("next"), row.getLong("transactions")))
                    .filter(positions -> positions.highest() >= positions.next())
                    .map(EventPositions::raise);
        }
    }

    private static Migrations.PendingMigration raise(CurrentPositions positions) {
        long added = positions.highest() + 1 - positions.transactions();
        return new Migrations.PendingMigration("positions of events after a restore", RAISE.formatted(added));
    }
}
