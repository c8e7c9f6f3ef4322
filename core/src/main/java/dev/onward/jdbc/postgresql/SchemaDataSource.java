package dev.onward.jdbc.postgresql;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections of another data source, in a schema of their own. If a connection is in another schema, the schema is set
 * when it is borrowed and put back when it is closed, at the price of two round trips: a pool whose URL says
 * {@code currentSchema} saves them.
 */
public final class SchemaDataSource implements DataSource {
    private final DataSource target;
    private final String schema;

    public SchemaDataSource(DataSource target, String schema) {
        this.target = target;
        this.schema = schema;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return inSchema(target.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return inSchema(target.getConnection(user, password));
    }

    private Connection inSchema(Connection connection) throws SQLException {
        boolean done = false;
        try {
            String before = connection.getSchema();
            done = true;
            if (schema.equals(before)) {
                return connection;
            }
            done = false;
            connection.setSchema(schema);
            done = true;
            return restoring(connection, before == null ? "public" : before);
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private static Connection restoring(Connection connection, String before) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("close") && !connection.isClosed()) {
                restore(connection, before);
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Connection) Proxy.newProxyInstance(
                SchemaDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private static void restore(Connection connection, String before) {
        try {
            connection.setSchema(before);
        } catch (SQLException e) {
            // The connection is broken, and its pool gives it up.
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.onward");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(target) || target.isWrapperFor(type);
    }
}
