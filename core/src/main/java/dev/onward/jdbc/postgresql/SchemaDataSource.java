package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.DelegatingDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Connections of another data source in one schema. If a connection uses another schema, the schema is set when the
 * connection is borrowed and restored when it is closed, which costs two round trips. A pool whose URL contains {@code
 * currentSchema} avoids them.
 */
public final class SchemaDataSource extends DelegatingDataSource {
    private final String schema;

    public SchemaDataSource(DataSource target, String schema) {
        super(target);
        this.schema = schema;
    }

    /** A statement that sets the schema until the end of the transaction. */
    public String enterSchema() {
        return "SET LOCAL search_path TO " + schema;
    }

    @Override
    protected Connection received(Connection connection) throws SQLException {
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

    /** Runs outside a transaction: a pool that rolls back open transactions would undo it. */
    private static void restore(Connection connection, String before, boolean autoCommit) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            setSearchPath(connection, before);
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // The connection is broken; its pool discards it.
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
}
