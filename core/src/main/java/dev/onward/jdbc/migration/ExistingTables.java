package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.DatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The existing tables with Onward's names: the columns of each with their types, all in lower case. */
public record ExistingTables(Map<String, Map<String, String>> columns) {
    public static final String SESSIONS = "onboarding_sessions";
    public static final String HISTORY = "onboarding_schema_history";

    /** The seed's nine columns with their PostgreSQL types. */
    public static final Map<String, String> SEED = Map.of(
            "id", "character varying",
            "user_id", "character varying",
            "current_step", "character varying",
            "completed", "boolean",
            "completed_at", "timestamp with time zone",
            "first_kblock_id", "character varying",
            "first_declaration", "text",
            "created_at", "timestamp with time zone",
            "updated_at", "timestamp with time zone");

    /** The columns that Onward adds to the seed's. */
    private static final Set<String> ADDED = Set.of(
            "flow",
            "flow_version",
            "dismissed_at",
            "revision",
            "started_recorded",
            "completed_recorded",
            "answers",
            "superseded_by",
            "last_active_at",
            "claim_secret_hash");

    private static final Set<String> ONWARD_TABLES = Set.of(
            "onboarding_flows",
            "onboarding_flow_versions",
            "onboarding_flow_files",
            "onboarding_releases",
            "onboarding_events",
            "onboarding_event_cursors",
            "onboarding_kblocks",
            "onboarding_profiles",
            "onboarding_idempotency_records");

    public static ExistingTables read(Connection connection, String query) throws SQLException {
        Map<String, Map<String, String>> tables = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString("table_name"), name -> new TreeMap<>())
                        .put(
                                rows.getString("column_name"),
                                rows.getString("type").toLowerCase(java.util.Locale.ROOT));
            }
        }
        return new ExistingTables(tables);
    }

    public boolean has(String table) {
        return columns.containsKey(table);
    }

    /**
     * Checks that Onward may adopt a database which it has not migrated yet.
     *
     * @param typesMatter whether the database enforces the types of columns
     * @param adopting whether an adoption has begun, so that Onward's columns may already exist
     * @throws DatabaseException if a table with one of Onward's names has other columns
     */
    public void requireAdoptable(boolean typesMatter, boolean adopting) {
        for (String table : ONWARD_TABLES) {
            if (has(table)) {
                throw unknown(table, "Onward did not create it");
            }
        }
        if (has(SESSIONS)) {
            List<String> differences = differences(columns.getOrDefault(SESSIONS, Map.of()), typesMatter, adopting);
            if (!differences.isEmpty()) {
                throw unknown(SESSIONS, String.join("; ", differences));
            }
        }
    }

    private static List<String> differences(Map<String, String> existing, boolean typesMatter, boolean adopting) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(SEED).forEach((column, type) -> {
            String found = existing.get(column);
            if (found == null) {
                differences.add("it has no column " + column);
            } else if (typesMatter && !found.equals(type)) {
                differences.add("its column " + column + " is " + found + ", not " + type);
            }
        });
        ADDED.stream()
                .filter(column -> !adopting && existing.containsKey(column))
                .sorted()
                .map(column -> "it has a column " + column + " of its own")
                .forEach(differences::add);
        return differences;
    }

    /** @throws DatabaseException if the migration history is not Onward's */
    public void requireHistory() {
        if (!columns.getOrDefault(HISTORY, Map.of()).keySet().containsAll(Set.of("script", "success"))) {
            throw unknown(HISTORY, "it is not a migration history");
        }
    }

    private static DatabaseException unknown(String table, String why) {
        return new DatabaseException("The database has a table " + table + " that Onward does not know: " + why
                + ". Rename that table, or give Onward another database or schema.");
    }
}
