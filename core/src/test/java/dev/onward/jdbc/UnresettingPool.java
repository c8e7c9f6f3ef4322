package dev.onward.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A pool that does not reset returned connections. It records what borrowers have changed. */
final class UnresettingPool implements AutoCloseable {
    private static final int NETWORK_TIMEOUT = 7_000;

    private final String url;
    private final boolean autoCommit;
    private final List<String> settings;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private int borrowed;

    /** @param settings queries with one value each */
    UnresettingPool(String url, boolean autoCommit, List<String> settings) {
        this.url = url;
        this.autoCommit = autoCommit;
        this.settings = settings;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, _) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return borrow();
                });
    }

    /** The values that had changed when a connection was returned. */
    synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    /** The number of connections. */
    synchronized int size() {
        return all.size();
    }

    /** The number of borrowed connections. */
    synchronized int borrowed() {
        return borrowed;
    }

    private synchronized Connection borrow() throws SQLException {
        Connection free = idle.pollFirst();
        while (free != null && free.isClosed()) {
            free = idle.pollFirst();
        }
        Connection physical = free == null ? connect() : free;
        String found = state(physical);
        borrowed++;
        return handle(physical, found);
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT);
        connection.setAutoCommit(autoCommit);
        all.add(connection);
        return connection;
    }

    private Connection handle(Connection physical, String found) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack(physical, found);
                        return null;
                    }
                    try {
                        return method.invoke(physical, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized void giveBack(Connection physical, String found) throws SQLException {
        borrowed--;
        if (!physical.isClosed()) {
            String left = state(physical);
            if (!left.equals(found)) {
                changes.add(found + " -> " + left);
            }
            idle.addFirst(physical);
        }
    }

    private String state(Connection physical) throws SQLException {
        String mode = "auto-commit " + physical.getAutoCommit() + ", network timeout " + physical.getNetworkTimeout();
        List<String> values = new ArrayList<>();
        try (Statement statement = physical.createStatement()) {
            for (String setting : settings) {
                try (ResultSet row = statement.executeQuery(setting)) {
                    values.add(setting + ": " + (row.next() ? row.getString(1) : ""));
                }
            }
        }
        if (!physical.getAutoCommit()) {
            physical.rollback();
        }
        return values.stream().collect(Collectors.joining(", ", mode + ", ", ""));
    }

    @Override
    public synchronized void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
