package dev.onward.jdbc.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Onward sets on a connection, and what it found there.
 *
 * @param found the values before, by pragma
 */
record SqliteSettings(Connection connection, Map<String, String> found) {
    /** Those of a connection. The journal mode is the file's. */
    private static final List<String> PRAGMAS = List.of(
            "busy_timeout",
            "cache_size",
            "wal_autocheckpoint",
            "temp_store",
            "synchronous",
            "foreign_keys",
            "legacy_alter_table");

    /** Sets what every connection needs: a commit that is answered survives a loss of power. */
    static SqliteSettings apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, String> found = new LinkedHashMap<>();
            for (String pragma : PRAGMAS) {
                found.put(pragma, value(statement, pragma));
            }
            statement.execute("PRAGMA busy_timeout = 5000");
            // Random ids touch pages all over the file: 16 MiB of them stay at hand, and are copied back less often.
            statement.execute("PRAGMA cache_size = -16384");
            statement.execute("PRAGMA wal_autocheckpoint = 2000");
            statement.execute("PRAGMA temp_store = MEMORY");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            // To read opens the log too, so that it is known from here on.
            statement.execute("SELECT count(*) FROM sqlite_schema");
            return new SqliteSettings(connection, found);
        }
    }

    /** Puts back what was found. */
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
