package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Calls the database's function {@code onboarding_backfill}, which contains the rule. */
final class PostgresBackfill implements Backfill {
    private static final String HOLD_FREE = """
            SELECT held.id
            FROM unnest(?) AS wanted (id)
            CROSS JOIN LATERAL (
                SELECT s.id FROM onboarding_sessions s WHERE s.id = wanted.id LIMIT 1 FOR UPDATE SKIP LOCKED) held
            """;

    @Override
    public List<String> lock(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD_FREE)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return ResultRows.strings(statement);
        }
    }

    @Override
    public void sessions(Connection connection, List<String> ids) throws SQLException {
        Array array = connection.createArrayOf("text", ids.toArray());
        try (PreparedStatement statement = connection.prepareStatement("SELECT onboarding_backfill(?)")) {
            statement.setArray(1, array);
            statement.execute();
        }
    }
}
