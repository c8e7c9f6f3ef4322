package dev.onward.jdbc.postgresql;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    /** A statement that enters the schema until the end of the transaction. */
    public String entering() {
        return "SET LOCAL search_path TO " + schema;
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
            String before = searchPath(connection);
            boolean autoCommit = connection.getAutoCommit();
            if (!schema.equals(before)) {
                setSearchPath(connection, schema);
            }
            done = true;
            return schema.equals(before) ? connection : restoring(connection, before, autoCommit);
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private static Connection restoring(Connection connection, String before, boolean autoCommit) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("close") && !connection.isClosed()) {
                restore(connection, before, autoCommit);
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

    /** Outside a transaction: a pool that rolls back what was left open would undo it. */
    private static void restore(Connection connection, String before, boolean autoCommit) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            setSearchPath(connection, before);
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // The connection is broken, and its pool gives it up.
        }
    }

    private static String searchPath(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW search_path")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void setSearchPath(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('search_path', ?, false)")) {
            statement.setString(1, path);
            statement.execute();
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
