package dev.onward.jdbc.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection that caches its prepared statements until it is closed. Without a cache, SQLite's driver prepares every
 * statement anew, which is a sixth of the cost of a write. Only one user at a time may use a statement. Not
 * thread-safe.
 */
final class StatementCache implements InvocationHandler {
    private static final int MAX_STATEMENTS = 64;

    private final Connection connection;

    /** Statements that are not in use, the least recently used first. */
    private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>();

    private StatementCache(Connection connection) {
        this.connection = connection;
    }

    /** The connection with a cache. */
    static Connection of(Connection connection) {
        return proxy(Connection.class, new StatementCache(connection));
    }

    /** The connection with a cache that is closed separately. */
    static CachingConnection during(Connection connection) {
        StatementCache cache = new StatementCache(connection);
        return new CachingConnection(proxy(Connection.class, cache), cache);
    }

    /** A connection with a cache for one batch. Closing it closes the statements, and leaves the connection open. */
    record CachingConnection(Connection connection, StatementCache cache) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement : cache.idle.values()) {
                statement.close();
            }
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("prepareStatement")
                && arguments != null
                && arguments.length == 1
                && arguments[0] instanceof String sql) {
            return prepared(sql);
        }
        return call(connection, method, arguments);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement cache = idle.remove(sql);
        PreparedStatement statement = cache == null ? connection.prepareStatement(sql) : cache;
        return proxy(PreparedStatement.class, new CachedStatement(sql, statement));
    }

    private void takeBack(String sql, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        PreparedStatement replaced = idle.put(sql, statement);
        if (replaced != null) {
            replaced.close();
        }
        if (idle.size() > MAX_STATEMENTS) {
            idle.pollFirstEntry().getValue().close();
        }
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(StatementCache.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A statement in use. Closing it returns it to the cache, unless it has failed. */
    private final class CachedStatement implements InvocationHandler {
        private final String sql;
        private final PreparedStatement statement;
        private boolean failed;
        private boolean closed;

        CachedStatement(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getName().equals("close")) {
                close();
                return null;
            }
            boolean done = false;
            try {
                Object result = call(statement, method, arguments);
                done = true;
                return result;
            } finally {
                failed |= !done;
            }
        }

        private void close() throws SQLException {
            if (closed) {
                return;
            }
            closed = true;
            if (failed) {
                statement.close();
            } else {
                takeBack(sql, statement);
            }
        }
    }
}
