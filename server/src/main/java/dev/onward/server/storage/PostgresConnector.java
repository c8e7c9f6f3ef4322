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
 * Opens connections to PostgreSQL. A statement is prepared on the server only on a connection that leads to the server
 * itself, see {@link PoolerCheck}. Thread-safe.
 */
final class PostgresConnector implements DataSource {
    private static final String PREPARE_THRESHOLD = "prepareThreshold";

    /** The driver's own: a statement is prepared on the server at its fifth execution. */
    private static final int PREPARES_AT = 5;

    private static final int SECONDS_TO_OPEN = 5;

    /** A network that goes silent is noticed; no value of a row ends up in an error's text. */
    private static final Map<String, String> ALWAYS = Map.of(
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
     * @param limits more of the driver's properties; what the URL says wins over these, and over what is usual
     * @param session SQL that sets up each session; not behind a pooler, where others get the session next
     */
    PostgresConnector(DatabaseUrl.Postgres url, Pooler pooler, Map<String, String> limits, String session) {
        this.url = url;
        this.pooler = pooler;
        this.session = session;
        properties.putAll(ALWAYS);
        properties.putAll(limits);
        properties.putAll(url.properties());
    }

    /** Gives the connection that was kept ready, or opens one. The caller closes it. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection kept = ready.getAndSet(null);
        return kept == null ? connect() : kept;
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

    /** Whether the newest connection led through a pooler, as far as is known. */
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
            connection.unwrap(PGConnection.class).setPrepareThreshold(PREPARES_AT);
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

    /** Closes the connection that was kept ready, where nobody took it. */
    void close() {
        Connection kept = ready.getAndSet(null);
        if (kept != null) {
            closeQuietly(kept);
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone either way.
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

    /** The URL's own {@code loginTimeout} counts. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** The pool waits for so long when it is closed while it opens a connection. */
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
