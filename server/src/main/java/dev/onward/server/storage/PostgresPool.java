package dev.onward.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.onward.jdbc.transaction.WriteLimits;
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

    /** For one who asks for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    static final int SERVING = 10;
    private static final int IDLE = 2;
    /** One that guards a migration, and those that it runs on. */
    private static final int WORKING = 4;

    private static final Map<String, String> SERVING_ONLY = Map.of("socketTimeout", "15");

    /** Work takes as long as it takes, whatever the role or the database sets. */
    private static final String NO_TIMEOUTS = """
            SELECT set_config(name, '0', false) FROM pg_settings
            WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_session_timeout',
                'idle_in_transaction_session_timeout', 'transaction_timeout')
            """;

    /** The driver's own log would go around Onward's; what it says there, its exceptions say too. */
    private static final java.util.logging.Logger DRIVER = java.util.logging.Logger.getLogger("org.postgresql");

    /** A busy machine may take long to start the pool. */
    private static final int FIRST_TRIES = 10;

    private final HikariDataSource source;
    private final PostgresConnector connector;

    private PostgresPool(HikariDataSource source, PostgresConnector connector) {
        this.source = source;
        this.connector = connector;
    }

    /** Its statements wait for locks as the limits say, also those of a role that waits longer. */
    static PostgresPool forServing(DatabaseUrl.Postgres url, DatabaseAccess access, WriteLimits limits) {
        String session = "SET lock_timeout = " + limits.lockWait().toMillis();
        return open(url, access, SERVING, SERVING_ONLY, session);
    }

    static PostgresPool forWork(DatabaseUrl.Postgres url, DatabaseAccess access) {
        return open(url, access, WORKING, Map.of(), NO_TIMEOUTS);
    }

    private static PostgresPool open(
            DatabaseUrl.Postgres url, DatabaseAccess access, int most, Map<String, String> limits, String session) {
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
        source.setMaximumPoolSize(most);
        source.setMinimumIdle(IDLE);
        source.setConnectionTimeout(PATIENCE.toMillis());
        source.setInitializationFailTimeout(-1);
        source.setExceptionOverride(new ReadOnlyEviction(source));
        PostgresPool pool = new PostgresPool(source, connector);
        pool.begin(url);
        return pool;
    }

    /** The driver does not accept an address that names a missing service. */
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
                if (tries == FIRST_TRIES) {
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

    /** The pool says that it timed out, and has what the driver said as the cause. */
    private static SQLException reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : e;
    }
}
