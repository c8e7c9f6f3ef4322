package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.Backfill;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Calls the database's function {@code onboarding_backfill}, which contains the rule. */
final class PostgresBackfill implements Backfill {
    private static final String LOCK = "SELECT 1 FROM onboarding_sessions WHERE id = ? FOR UPDATE";

    /** Two, because one connection uses at most one processor. */
    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public int sessions(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT onboarding_backfill(?)")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public void session(Connection connection, String id) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, id);
            lock.execute();
        }
        sessions(connection, List.of(id));
    }
}
