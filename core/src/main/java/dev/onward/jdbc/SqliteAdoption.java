package dev.onward.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a standing {@code onboarding_sessions} the seed's defaults. SQLite cannot alter a column, so the table is built
 * again beside the old one, in one transaction: every row and every further column stays.
 */
final class SqliteAdoption {
    private static final String SEED_COLUMNS = """
            id VARCHAR(64) NOT NULL PRIMARY KEY,
            user_id VARCHAR(64),
            current_step VARCHAR(32) NOT NULL DEFAULT 'started',
            completed BOOLEAN NOT NULL DEFAULT false,
            completed_at DATETIME,
            first_kblock_id VARCHAR(64),
            first_declaration TEXT,
            created_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
            updated_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')""";

    private static final Set<String> SEED_NAMES = Set.of(
            "id",
            "user_id",
            "current_step",
            "completed",
            "completed_at",
            "first_kblock_id",
            "first_declaration",
            "created_at",
            "updated_at");

    private static final Set<String> WITH_DEFAULT = Set.of("current_step", "completed", "created_at", "updated_at");

    private record Column(String name, String declaration, boolean hasDefault) {}

    private SqliteAdoption() {}

    static void adopt(Connection connection) throws SQLException {
        List<Column> columns = columns(connection);
        boolean complete = columns.stream()
                .filter(column -> WITH_DEFAULT.contains(column.name()))
                .allMatch(Column::hasDefault);
        if (complete) {
            return;
        }
        List<String> others = strings(connection, """
                SELECT sql FROM sqlite_master
                WHERE tbl_name = 'onboarding_sessions' AND type IN ('index', 'trigger') AND sql IS NOT NULL
                """);
        execute(connection, "PRAGMA foreign_keys = OFF");
        execute(connection, "BEGIN IMMEDIATE");
        try {
            for (String statement : rebuild(columns)) {
                execute(connection, statement);
            }
            for (String other : others) {
                execute(connection, other);
            }
            execute(connection, "COMMIT");
        } catch (SQLException e) {
            execute(connection, "ROLLBACK");
            throw e;
        }
    }

    private static List<String> rebuild(List<Column> columns) {
        String further = columns.stream()
                .filter(column -> !SEED_NAMES.contains(column.name()))
                .map(column -> ",\n" + column.declaration())
                .collect(Collectors.joining());
        String names = columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        return List.of(
                "CREATE TABLE onboarding_sessions_adopted (\n" + SEED_COLUMNS + further + ")",
                "INSERT INTO onboarding_sessions_adopted (" + names + ") SELECT " + names + " FROM onboarding_sessions",
                "DROP TABLE onboarding_sessions",
                "ALTER TABLE onboarding_sessions_adopted RENAME TO onboarding_sessions");
    }

    private static List<Column> columns(Connection connection) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA table_info(onboarding_sessions)")) {
            while (row.next()) {
                String name = row.getString("name");
                String otherwise = row.getString("dflt_value");
                String declaration = quoted(name) + " " + row.getString("type")
                        + (row.getBoolean("notnull") ? " NOT NULL" : "")
                        + (otherwise == null ? "" : " DEFAULT (" + otherwise + ")");
                columns.add(new Column(name, declaration, otherwise != null));
            }
        }
        return columns;
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
