package dev.onward.jdbc.migration;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that always returns the same connection and keeps it open. Flyway needs two connections. */
final class SharedConnection implements DataSource {
    private final Connection shared;

    private SharedConnection(Connection shared) {
        this.shared = shared;
    }

    /** Users' transactions are transactions of the connection. */
    static SharedConnection of(Connection connection) {
        return new SharedConnection(proxy(new KeptOpen(connection)));
    }

    /**
     * Users join the transaction that the connection has begun: their commits and rollbacks do nothing. The caller
     * rolls back if they fail.
     */
    static SharedConnection inTransactionOf(Connection connection) {
        return new SharedConnection(proxy(new InTransaction(connection)));
    }

    private static Connection proxy(InvocationHandler handler) {
        return (Connection) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private static @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private record KeptOpen(Connection connection) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            return method.getName().equals("close") ? null : call(connection, method, arguments);
        }
    }

    private static final class InTransaction implements InvocationHandler {
        private final Connection connection;
        private boolean autoCommit = true;

        InTransaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "close", "commit", "rollback" -> null;
                case "getAutoCommit" -> autoCommit;
                case "setAutoCommit" -> {
                    autoCommit = arguments != null && Boolean.TRUE.equals(arguments[0]);
                    yield null;
                }
                default -> call(connection, method, arguments);
            };
        }
    }

    @Override
    public Connection getConnection() {
        return shared;
    }

    @Override
    public Connection getConnection(String user, String password) {
        return shared;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return shared.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return shared.isWrapperFor(type);
    }
}
