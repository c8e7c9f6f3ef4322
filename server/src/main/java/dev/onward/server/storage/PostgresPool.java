package dev.onward.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool of connections to PostgreSQL. */
final class PostgresPool implements ConnectionSource {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPool.class);

    /** How long a caller waits for a connection. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    static final int MAX_SERVING_CONNECTIONS = 10;
    private static final int IDLE = 2;
    /** The connections for a migration: one for its lock, the others for its work. */
    private static final int MIGRATION_POOL_SIZE = 4;

    private static final Map<String, String> SERVING_PROPERTIES = Map.of("socketTimeout", "15");

    /** Disables all timeouts of the role and the database, because the work may take long. */
    private static final String NO_TIMEOUTS = """
            SELECT set_config(name, '0', false) FROM pg_settings
            WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_session_timeout',
                'idle_in_transaction_session_timeout', 'transaction_timeout')
            """;

    /**
     * Kept in a field, so that its level is not garbage-collected. The driver's own log would bypass Onward's, and
     * contains nothing that its exceptions do not.
     */
    private static final java.util.logging.Logger DRIVER = java.util.logging.Logger.getLogger("org.postgresql");

    /** The pool may start slowly on a busy machine. */
    private static final int MAX_START_ATTEMPTS = 10;

    private final HikariDataSource source;
    private final PostgresConnector connector;

    private PostgresPool(HikariDataSource source, PostgresConnector connector) {
        this.source = source;
        this.connector = connector;
    }

    /**
     * A pool for serving requests. Its statements wait for locks no longer than the limits allow, whatever the role's
     * settings are.
     */
    static PostgresPool forServing(DatabaseUrl.Postgres url, DatabaseAccess access, WriteLimits limits) {
        String session = "SET lock_timeout = " + limits.lockWait().toMillis();
        return open(url, access, MAX_SERVING_CONNECTIONS, SERVING_PROPERTIES, session);
    }

    static PostgresPool forWork(DatabaseUrl.Postgres url, DatabaseAccess access) {
        return open(url, access, MIGRATION_POOL_SIZE, Map.of(), NO_TIMEOUTS);
    }

    private static PostgresPool open(
            DatabaseUrl.Postgres url,
            DatabaseAccess access,
            int maxConnections,
            Map<String, String> limits,
            String session) {
        DRIVER.setLevel(Level.OFF);
        if (url.service().isPresent()) {
            requireService(url);
        }
        PostgresConnector connector = new PostgresConnector(url, access.pooler(), limits, session);
        connector.keepReady(new FirstConnection(url, connector::connect, FirstConnection.LINE_EVERY, LOG::warn)
                .await(access.firstWait()));
        HikariDataSource source = new HikariDataSource();
        source.setPoolName("onward");
        source.setDataSource(connector);
        source.setMaximumPoolSize(maxConnections);
        source.setMinimumIdle(IDLE);
        source.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        source.setInitializationFailTimeout(-1);
        source.setExceptionOverride(new ReadOnlyEviction(source));
        PostgresPool pool = new PostgresPool(source, connector);
        pool.begin(url);
        return pool;
    }

    /** Checks the service name, because the driver's error does not name the file. */
    private static void requireService(DatabaseUrl.Postgres url) {
        try {
            DriverManager.getDriver(url.jdbcUrl());
        } catch (SQLException e) {
            throw new StorageException(
                    "There is no service " + url.service().orElse("")
                            + " in the file that PGSERVICEFILE names (by default ~/.pg_service.conf)."
                            + " Add it there, or correct the setting db.",
                    e);
        }
    }

    private void begin(DatabaseUrl.Postgres url) {
        for (int tries = 1; ; tries++) {
            try (Connection connection = source.getConnection()) {
                connection.getMetaData();
                return;
            } catch (SQLException e) {
                if (tries == MAX_START_ATTEMPTS) {
                    close();
                    throw new StorageException(
                            ConnectionFailure.of(url, reason(e)).problem(), e);
                }
            }
        }
    }

    @Override
    public DataSource connections() {
        return source;
    }

    @Override
    public Optional<HikariPoolMXBean> pool() {
        return Optional.of(source.getHikariPoolMXBean());
    }

    @Override
    public boolean pooled() {
        return connector.pooled();
    }

    @Override
    public void renew() {
        source.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        source.close();
        connector.close();
    }

    /** The pool reports a timeout and has the driver's exception as its cause. */
    private static SQLException reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : e;
    }
}
