package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.migration.SessionsTable.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps that complete an existing {@code onboarding_sessions} table. They block other users only briefly: no step
 * rewrites or scans the table while it holds a lock that writers need. They are computed from the catalog, so an
 * interrupted adoption continues with the first missing step.
 */
final class PostgresAdoption {
    private static final String TABLE = "ALTER TABLE " + ExistingTables.SESSIONS + " ";

    /** The defaults of the seed's columns as the catalog shows them. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "current_step", "'started'::character varying",
            "completed", "false",
            "created_at", "now()",
            "updated_at", "now()");

    private static final String OF_TABLE =
            " = (SELECT oid FROM pg_class WHERE relname = 'onboarding_sessions' AND relnamespace ="
                    + " current_schema()::regnamespace)";

    private static final String COLUMNS = """
            SELECT a.attname AS name, coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS state
            FROM pg_attribute a
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid""" + OF_TABLE;

    private static final String CHECKS = """
            SELECT conname AS name, CASE WHEN convalidated THEN 'valid' ELSE 'not valid' END AS state
            FROM pg_constraint
            WHERE contype = 'c' AND conrelid""" + OF_TABLE;

    private static final String INDEXES = """
            SELECT c.relname AS name, CASE WHEN i.indisvalid THEN 'valid' ELSE 'not valid' END AS state
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid""" + OF_TABLE;

    private static final String OPTIONS = """
            SELECT option AS name, '' AS state FROM pg_class, unnest(reloptions) AS option
            WHERE pg_class.oid""" + OF_TABLE;

    private final SessionsTable wanted;
    private final List<AdoptionStep> steps = new ArrayList<>();

    private PostgresAdoption(SessionsTable wanted) {
        this.wanted = wanted;
    }

    /** The missing steps, in order; empty if the table is complete. */
    public static List<AdoptionStep> steps(Connection connection, SessionsTable wanted) throws SQLException {
        PostgresAdoption adoption = new PostgresAdoption(wanted);
        adoption.columns(states(connection, COLUMNS));
        adoption.checks(states(connection, CHECKS));
        adoption.addSpace(states(connection, OPTIONS).keySet());
        adoption.indexes(states(connection, INDEXES));
        return List.copyOf(adoption.steps);
    }

    /** PostgreSQL adds a column with a constant default without reading the rows. */
    private void columns(Map<String, String> existing) {
        for (Part column : wanted.seed()) {
            String value = DEFAULTS.getOrDefault(column.name(), "");
            if (!value.isEmpty() && !value.equals(existing.get(column.name()))) {
                inTransaction(
                        "set the default of " + column.name(),
                        TABLE + "ALTER COLUMN " + column.name() + " SET DEFAULT " + value);
            }
        }
        for (Part column : wanted.added()) {
            if (!existing.containsKey(column.name())) {
                inTransaction("add the column " + column.name(), TABLE + "ADD COLUMN " + column.definition());
            }
        }
    }

    /** A new constraint applies to new rows immediately; existing rows are validated while others write. */
    private void checks(Map<String, String> existing) {
        for (Part check : wanted.checks()) {
            if (!existing.containsKey(check.name())) {
                inTransaction("add " + check.name(), TABLE + "ADD " + check.definition() + " NOT VALID");
            }
            if (!"valid".equals(existing.get(check.name()))) {
                inTransaction("validate " + check.name(), TABLE + "VALIDATE CONSTRAINT " + check.name());
            }
        }
    }

    private void addSpace(Set<String> existing) {
        if (!existing.contains("fillfactor=85")) {
            inTransaction("leave room for updates", TABLE + "SET (fillfactor = 85)");
        }
    }

    /** An interrupted step leaves an invalid index, which slows down writes and is never used. */
    private void indexes(Map<String, String> existing) {
        Set<String> valid = new HashSet<>();
        existing.forEach((name, state) -> {
            if (state.equals("valid")) {
                valid.add(name);
            }
        });
        for (Part index : wanted.indexes()) {
            if (valid.contains(index.name())) {
                continue;
            }
            if (existing.containsKey(index.name())) {
                drop("drop the unfinished index ", index.name());
            }
            steps.add(AdoptionStep.concurrent(
                    "create the index " + index.name(),
                    "CREATE INDEX CONCURRENTLY " + index.name() + " " + index.definition()));
        }
        if (existing.containsKey(SessionsTable.INIT_DB_INDEX)) {
            drop("drop the index ", SessionsTable.INIT_DB_INDEX);
        }
    }

    private void drop(String what, String index) {
        steps.add(AdoptionStep.concurrent(what + index, "DROP INDEX CONCURRENTLY " + index));
    }

    private void inTransaction(String name, String sql) {
        steps.add(AdoptionStep.inTransaction(name, List.of(sql)));
    }

    private static Map<String, String> states(Connection connection, String query) throws SQLException {
        Map<String, String> states = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                states.put(row.getString("name"), row.getString("state"));
            }
        }
        return states;
    }
}
