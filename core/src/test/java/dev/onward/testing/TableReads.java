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
 * PostgreSQL's counters of reads.
 *
 * @param scans the number of full scans of each of Onward's tables, by name
 * @param byIndex the number of rows read with any index
 */
public record TableReads(Map<String, Long> scans, long byIndex) {

    /** Reads the counters for all connections of the database's pool. */
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

    /** A connection of PostgreSQL reports its counters up to a second late, unless it is asked to. */
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

    /** The tables that were scanned between another reading and this one. */
    public List<String> scannedSince(TableReads before) {
        return scans.keySet().stream()
                .filter(table -> scans.get(table) > before.scans().getOrDefault(table, 0L))
                .toList();
    }

    /** The number of rows read with indexes between another reading and this one. */
    public long byIndexSince(TableReads before) {
        return byIndex - before.byIndex();
    }
}
