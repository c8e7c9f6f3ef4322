package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.CreateTableText;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.migration.SessionsTable.Part;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
 * Adapts an existing {@code onboarding_sessions} table: the seed's nine columns exactly, and Onward's own. SQLite
 * cannot alter a column, so if the nine differ, the table is rebuilt with all its rows, other columns, indexes and
 * triggers. Everything happens in the migration's transaction.
 */
final class SqliteAdoption {
    private static final String TABLE = ExistingTables.SESSIONS;
    private static final String NEW_TABLE = TABLE + "_adopted";

    /** A primary key as a table constraint; the definition of {@code id} replaces it. */
    private static final Pattern PRIMARY_KEY =
            Pattern.compile("(CONSTRAINT\\s+\\S+\\s+)?PRIMARY\\s+KEY\\b", Pattern.CASE_INSENSITIVE);

    private record AdoptedColumn(String name, String type, boolean notNull, String otherwise) {

        /** The column of a definition, as {@code table_info} shows it. */
        static AdoptedColumn of(String definition) {
            String[] words = definition.split(" ", 3);
            int otherwise = definition.indexOf(" DEFAULT ");
            String value = otherwise < 0 ? "" : definition.substring(otherwise + " DEFAULT ".length());
            return new AdoptedColumn(
                    words[0],
                    words[1],
                    definition.contains(" NOT NULL"),
                    value.startsWith("(") ? value.substring(1, value.length() - 1) : value);
        }
    }

    private SqliteAdoption() {}

    /** The missing steps, in order; empty if the table is complete. */
    static List<AdoptionStep> steps(Connection connection, SessionsTable wanted) throws SQLException {
        List<AdoptedColumn> existing = columns(connection);
        List<AdoptionStep> steps = new ArrayList<>();
        if (!existing.containsAll(wanted.seed().stream()
                .map(Part::definition)
                .map(AdoptedColumn::of)
                .toList())) {
            steps.add(AdoptionStep.inTransaction("build " + TABLE + " again", rebuild(connection, existing, wanted)));
        }
        Set<String> names = existing.stream().map(AdoptedColumn::name).collect(Collectors.toUnmodifiableSet());
        wanted.added().stream()
                .filter(column -> !names.contains(column.name()))
                .map(column -> AdoptionStep.inTransaction(
                        "add the column " + column.name(),
                        List.of("ALTER TABLE " + TABLE + " ADD COLUMN " + column.definition())))
                .forEach(steps::add);
        if (indexes(connection).contains(SessionsTable.INIT_DB_INDEX)) {
            steps.add(AdoptionStep.inTransaction(
                    "drop the index " + SessionsTable.INIT_DB_INDEX,
                    List.of("DROP INDEX " + SessionsTable.INIT_DB_INDEX)));
        }
        return List.copyOf(steps);
    }

    private static List<String> rebuild(Connection connection, List<AdoptedColumn> existing, SessionsTable wanted)
            throws SQLException {
        String old = strings(connection, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", TABLE)
                .getFirst();
        String names = existing.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        return Stream.concat(
                        Stream.of(
                                "CREATE TABLE " + NEW_TABLE + " (\n" + definitions(old, wanted) + ")",
                                "INSERT INTO " + NEW_TABLE + " (" + names + ") SELECT " + names + " FROM " + TABLE,
                                "DROP TABLE " + TABLE,
                                "ALTER TABLE " + NEW_TABLE + " RENAME TO " + TABLE),
                        strings(connection, """
                                SELECT sql FROM sqlite_master
                                WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL
                                """, TABLE).stream())
                .toList();
    }

    /** The seed's columns, followed by all other definitions of the old table. */
    private static String definitions(String old, SessionsTable wanted) {
        Stream<String> others = CreateTableText.definitions(old).stream()
                .filter(definition -> !ExistingTables.SEED.containsKey(
                        CreateTableText.firstWord(definition).toLowerCase(Locale.ROOT)))
                .filter(definition -> !PRIMARY_KEY.matcher(definition).lookingAt());
        return Stream.concat(wanted.seed().stream().map(Part::definition), others)
                .collect(Collectors.joining(",\n"));
    }

    private static List<String> indexes(Connection connection) throws SQLException {
        return strings(connection, "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", TABLE);
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

    private static List<String> strings(Connection connection, String query, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            return ResultRows.strings(statement);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
