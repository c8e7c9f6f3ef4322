package dev.onward.testing;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What PostgreSQL has counted of its reads until now.
 *
 * @param scans by the names of Onward's tables: how often each was read through
 * @param byIndex how many rows were read along any index
 */
public record TableReads(Map<String, Long> scans, long byIndex) {

    /** Counts what was done on all connections of the database's pool. */
    public static TableReads of(TestDatabase database) throws SQLException {
        HikariDataSource pool = (HikariDataSource) database.dataSource();
        List<Connection> borrowed = new ArrayList<>();
        try {
            int open = Math.max(1, pool.getHikariPoolMXBean().getTotalConnections());
            for (int i = 0; i < open; i++) {
                borrowed.add(pool.getConnection());
            }
            for (Connection connection : borrowed) {
                flush(connection);
            }
            return read(borrowed.getFirst());
        } finally {
            for (Connection connection : borrowed) {
                connection.close();
            }
        }
    }

    /** A session of PostgreSQL keeps its counters to itself for up to a second, unless it is asked. */
    private static void flush(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
    }

    private static TableReads read(Connection connection) throws SQLException {
        Map<String, Long> scans = new TreeMap<>();
        long byIndex = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (ResultSet row = statement.executeQuery("SELECT relname, seq_scan, coalesce(idx_tup_fetch, 0)"
                    + " FROM pg_stat_user_tables WHERE relname LIKE 'onboarding\\_%'")) {
                while (row.next()) {
                    scans.put(row.getString(1), row.getLong(2));
                    byIndex += row.getLong(3);
                }
            }
        }
        return new TableReads(scans, byIndex);
    }

    /** The tables that were read through between another count and this one. */
    public List<String> scannedSince(TableReads before) {
        return scans.keySet().stream()
                .filter(table -> scans.get(table) > before.scans().getOrDefault(table, 0L))
                .toList();
    }

    /** How many rows were read along indexes between another count and this one. */
    public long byIndexSince(TableReads before) {
        return byIndex - before.byIndex();
    }
}
