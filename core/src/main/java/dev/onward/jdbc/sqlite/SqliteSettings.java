package dev.onward.jdbc.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a connection, to be restored later.
 *
 * @param found the original values, by pragma
 */
record SqliteSettings(Connection connection, Map<String, String> found) {
    /** The settings of a connection. The journal mode belongs to the file. */
    private static final List<String> PRAGMAS = List.of(
            "busy_timeout",
            "cache_size",
            "wal_autocheckpoint",
            "temp_store",
            "synchronous",
            "foreign_keys",
            "legacy_alter_table");

    /** Applies the settings that every connection needs. A confirmed commit survives a loss of power. */
    static SqliteSettings apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, String> found = new LinkedHashMap<>();
            for (String pragma : PRAGMAS) {
                found.put(pragma, value(statement, pragma));
            }
            statement.execute("PRAGMA busy_timeout = 5000");
            // Random ids touch pages all over the file, so cache 16 MiB of them and checkpoint less often.
            statement.execute("PRAGMA cache_size = -16384");
            statement.execute("PRAGMA wal_autocheckpoint = 2000");
            statement.execute("PRAGMA temp_store = MEMORY");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            // A read opens the log, so its identity is known from now on.
            statement.execute("SELECT count(*) FROM sqlite_schema");
            return new SqliteSettings(connection, found);
        }
    }

    /** Restores the original settings. */
    void restore() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : found.entrySet()) {
                if (!value(statement, setting.getKey()).equals(setting.getValue())) {
                    statement.execute("PRAGMA " + setting.getKey() + " = " + setting.getValue());
                }
            }
        }
    }

    private static String value(Statement statement, String pragma) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
