package dev.onward.server.storage;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * Opens connections to PostgreSQL. It prepares statements on the server only if the connection is direct, see {@link
 * PoolerCheck}. Thread-safe.
 */
final class PostgresConnector implements DataSource {
    private static final String PREPARE_THRESHOLD = "prepareThreshold";

    /** The driver's default: it prepares a statement at the fifth execution. */
    private static final int PREPARED_EXECUTIONS = 5;

    private static final int SECONDS_TO_OPEN = 5;

    /** Detects a silent network, and keeps the values of rows out of error messages. */
    private static final Map<String, String> DEFAULT_PROPERTIES = Map.of(
            "connectTimeout", "3",
            "tcpKeepAlive", "true",
            "logServerErrorDetail", "false",
            "ApplicationName", "onward");

    private final DatabaseUrl.Postgres url;
    private final Pooler pooler;
    private final String session;
    private final Properties properties = new Properties();
    private final AtomicReference<@Nullable Connection> ready = new AtomicReference<>();
    private volatile boolean pooled;

    /**
     * @param limits more driver properties; they override the defaults, and the URL overrides them
     * @param session SQL that sets up each session; not used behind a pooler, where other clients get the session next
     */
    PostgresConnector(DatabaseUrl.Postgres url, Pooler pooler, Map<String, String> limits, String session) {
        this.url = url;
        this.pooler = pooler;
        this.session = session;
        properties.putAll(DEFAULT_PROPERTIES);
        properties.putAll(limits);
        properties.putAll(url.properties());
    }

    /** Returns the connection that was kept ready, or opens one. The caller closes it. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection idle = ready.getAndSet(null);
        return idle == null ? connect() : idle;
    }

    /** Opens a connection. The caller closes it. */
    Connection connect() throws SQLException {
        Connection connection = open(pooler == Pooler.NONE ? properties : unprepared());
        boolean done = false;
        try {
            prepare(connection);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** Keeps a connection ready for the next caller. */
    void keepReady(Connection connection) {
        ready.set(connection);
    }

    /** Whether the newest connection went through a pooler. */
    boolean pooled() {
        return pooled;
    }

    private void prepare(Connection connection) throws SQLException {
        boolean direct = pooler == Pooler.NONE || PoolerCheck.direct(connection, () -> open(unprepared()));
        pooled = !direct;
        if (!direct) {
            return;
        }
        if (!properties.containsKey(PREPARE_THRESHOLD)) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(PREPARED_EXECUTIONS);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(session);
        }
    }

    private Properties unprepared() {
        Properties unprepared = new Properties();
        unprepared.put(PREPARE_THRESHOLD, "0");
        unprepared.putAll(properties);
        return unprepared;
    }

    private Connection open(Properties with) throws SQLException {
        return Optional.ofNullable(new Driver().connect(url.jdbcUrl(), with))
                .orElseThrow(() -> new SQLException("Not a PostgreSQL address: " + url));
    }

    /** Closes the connection that was kept ready, if no caller took it. */
    void close() {
        Connection idle = ready.getAndSet(null);
        if (idle != null) {
            closeQuietly(idle);
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is closed already.
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("user and password are in the URL");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    /** Ignored: {@code loginTimeout} in the URL counts. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** The pool waits this long if it is closed while it opens a connection. */
    @Override
    public int getLoginTimeout() {
        return SECONDS_TO_OPEN;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
