package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Keeps PostgreSQL's order of events where it was restored into a server that has run fewer transactions: every later
 * event gets a position behind all that events and cursors hold.
 */
final class EventPositions {

    private static final String STANDING = """
            SELECT greatest(
                    (SELECT coalesce(max(position), 0) FROM onboarding_events),
                    (SELECT coalesce(max(position), 0) FROM onboarding_event_cursors)) AS highest,
                onboarding_position(pg_snapshot_xmax(pg_current_snapshot())) AS next,
                CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint) AS transactions
            """;

    /** As in the schema, with another number. */
    private static final String RAISE = """
            CREATE OR REPLACE FUNCTION onboarding_position(transaction_id xid8) RETURNS BIGINT
            LANGUAGE sql IMMUTABLE STRICT AS $$
                SELECT CAST(CAST(transaction_id AS text) AS bigint) + %d
            $$;""";

    private record Standing(long highest, long next, long transactions) {}

    private EventPositions() {}

    /** What has to be run; empty where later events sort behind those that stand anyhow. */
    public static Optional<Migrations.PendingMigration> raise(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STANDING)) {
            return ResultRows.first(
                            statement,
                            row -> new Standing(
                                    row.getLong("highest"), row.getLong("next"), row.getLong("transactions")))
                    .filter(standing -> standing.highest() >= standing.next())
                    .map(EventPositions::raise);
        }
    }

    private static Migrations.PendingMigration raise(Standing standing) {
        long added = standing.highest() + 1 - standing.transactions();
        return new Migrations.PendingMigration("positions of events after a restore", RAISE.formatted(added));
    }
}
