package dev.onward.jdbc.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives a standing {@code onboarding_sessions} the seed's nine columns exactly. SQLite cannot alter a column, so the
 * table is built again beside the old one, in one transaction: every row, every further column and what others hung on
 * the table stays.
 */
final class SqliteAdoption {
    private static final String NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'";

    private static final List<AdoptedColumn> SEED = List.of(
            new AdoptedColumn("id", "VARCHAR(64)", true, ""),
            new AdoptedColumn("user_id", "VARCHAR(64)", false, ""),
            new AdoptedColumn("current_step", "VARCHAR(32)", true, "'started'"),
            new AdoptedColumn("completed", "BOOLEAN", true, "false"),
            new AdoptedColumn("completed_at", "DATETIME", false, ""),
            new AdoptedColumn("first_kblock_id", "VARCHAR(64)", false, ""),
            new AdoptedColumn("first_declaration", "TEXT", false, ""),
            new AdoptedColumn("created_at", "DATETIME", true, NOW),
            new AdoptedColumn("updated_at", "DATETIME", true, NOW));

    private static final Set<String> SEED_NAMES =
            SEED.stream().map(AdoptedColumn::name).collect(Collectors.toUnmodifiableSet());

    /** As a constraint of the table, which the definition of {@code id} replaces. */
    private static final Pattern PRIMARY_KEY =
            Pattern.compile("(CONSTRAINT\\s+\\S+\\s+)?PRIMARY\\s+KEY\\b", Pattern.CASE_INSENSITIVE);

    /** @param otherwise its default; empty where it has none */
    private record AdoptedColumn(String name, String type, boolean notNull, String otherwise) {

        String definition() {
            return name + " " + type + (notNull ? " NOT NULL" : "") + (name.equals("id") ? " PRIMARY KEY" : "")
                    + (otherwise.isEmpty() ? "" : " DEFAULT (" + otherwise + ")");
        }
    }

    private SqliteAdoption() {}

    static void adopt(Connection connection) throws SQLException {
        List<AdoptedColumn> existing = columns(connection);
        if (existing.containsAll(SEED)) {
            return;
        }
        // Without these two, dropping the old table would touch, or stumble over, what refers to it by name.
        execute(connection, "PRAGMA foreign_keys = OFF");
        execute(connection, "PRAGMA legacy_alter_table = ON");
        try {
            rebuild(connection, existing);
        } finally {
            execute(connection, "PRAGMA legacy_alter_table = OFF");
            execute(connection, "PRAGMA foreign_keys = ON");
        }
    }

    private static void rebuild(Connection connection, List<AdoptedColumn> existing) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
        try {
            List<String> others = strings(connection, """
                    SELECT sql FROM sqlite_master
                    WHERE tbl_name = 'onboarding_sessions' AND type IN ('index', 'trigger') AND sql IS NOT NULL
                    """);
            String old = strings(connection, "SELECT sql FROM sqlite_master WHERE name = 'onboarding_sessions'")
                    .getFirst();
            String names =
                    existing.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
            execute(connection, "CREATE TABLE onboarding_sessions_adopted (\n" + definitions(old) + ")");
            execute(
                    connection,
                    "INSERT INTO onboarding_sessions_adopted (" + names + ") SELECT " + names
                            + " FROM onboarding_sessions");
            execute(connection, "DROP TABLE onboarding_sessions");
            execute(connection, "ALTER TABLE onboarding_sessions_adopted RENAME TO onboarding_sessions");
            for (String other : others) {
                execute(connection, other);
            }
            execute(connection, "COMMIT");
        } catch (SQLException e) {
            execute(connection, "ROLLBACK");
            throw e;
        }
    }

    /** The seed's columns, then whatever else the old table has. */
    private static String definitions(String old) {
        Stream<String> further = SqliteTableText.definitions(old).stream()
                .filter(definition -> !SEED_NAMES.contains(
                        SqliteTableText.firstWord(definition).toLowerCase(Locale.ROOT)))
                .filter(definition -> !PRIMARY_KEY.matcher(definition).lookingAt());
        return Stream.concat(SEED.stream().map(AdoptedColumn::definition), further)
                .collect(Collectors.joining(",\n"));
    }

    private static List<AdoptedColumn> columns(Connection connection) throws SQLException {
        List<AdoptedColumn> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA table_info(onboarding_sessions)")) {
            while (row.next()) {
                String otherwise = row.getString("dflt_value");
                columns.add(new AdoptedColumn(
                        row.getString("name"),
                        row.getString("type"),
                        row.getBoolean("notnull"),
                        otherwise == null ? "" : otherwise));
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
