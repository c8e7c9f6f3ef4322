package dev.onward.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.onward.server.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A pool of connections to PostgreSQL. */
final class PostgresPool implements Source {
    /** For one who asks for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    static final int SERVING = 10;
    private static final int IDLE = 2;
    /** One that guards a migration, and those that it runs on. */
    private static final int WORKING = 4;

    /** A network that goes silent is noticed; no value of a row ends up in an error's text. */
    private static final Map<String, String> ALWAYS = Map.of(
            "connectTimeout", "3",
            "tcpKeepAlive", "true",
            "logServerErrorDetail", "false",
            "ApplicationName", "onward");

    private static final Map<String, String> SERVING_ONLY = Map.of("socketTimeout", "15");

    /** The driver's own log would go around Onward's; what it says there, its exceptions say too. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private final HikariDataSource source;

    private PostgresPool(HikariDataSource source) {
        this.source = source;
    }

    static PostgresPool forServing(DatabaseUrl.Postgres url) {
        return open(url, SERVING, SERVING_ONLY);
    }

    static PostgresPool forWork(DatabaseUrl.Postgres url) {
        return open(url, WORKING, Map.of());
    }

    /** What the URL says wins over what is usual. */
    private static PostgresPool open(DatabaseUrl.Postgres url, int most, Map<String, String> limits) {
        DRIVER.setLevel(Level.OFF);
        if (url.service().isPresent()) {
            requireService(url);
        }
        HikariDataSource source = new HikariDataSource();
        source.setPoolName("onward");
        source.setJdbcUrl(url.jdbcUrl());
        ALWAYS.forEach(source::addDataSourceProperty);
        limits.forEach(source::addDataSourceProperty);
        url.properties().forEach(source::addDataSourceProperty);
        source.setMaximumPoolSize(most);
        source.setMinimumIdle(IDLE);
        source.setConnectionTimeout(PATIENCE.toMillis());
        source.setInitializationFailTimeout(-1);
        source.setExceptionOverride(new ReadOnlyEviction(source));
        PostgresPool pool = new PostgresPool(source);
        pool.connect(url);
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

    private void connect(DatabaseUrl.Postgres url) {
        try (Connection connection = source.getConnection()) {
            connection.getMetaData();
        } catch (SQLException e) {
            close();
            throw new StorageException(problem(url, reason(e)), e);
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
    public void renew() {
        source.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        source.close();
    }

    /** The pool says that it timed out, and has what the driver said as the cause. */
    private static SQLException reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : e;
    }

    private static String problem(DatabaseUrl.Postgres url, SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        return switch (state) {
            case "28P01", "28000" ->
                "PostgreSQL refuses the user or the password for " + url
                        + ". Correct them in the setting db: postgresql://user:password@host/database.";
            case "08004" ->
                "PostgreSQL is there and turns the connection away (" + url
                        + "). Give the password it asks for, or mend sslmode: postgresql://user:password@host/database?sslmode=…";
            case "3D000" ->
                "PostgreSQL has no database " + url.database() + " (" + url
                        + "). Make it with createdb, or correct db.";
            case "53300" -> "PostgreSQL has no connection left for " + url + ". Raise its max_connections.";
            case "57P03" -> "PostgreSQL is still starting (" + url + "). Try again in a moment.";
            default ->
                "PostgreSQL cannot be reached at " + url + " (SQLSTATE " + (state.isEmpty() ? "none" : state)
                        + "). Start it, or correct the host and port in the setting db.";
        };
    }
}
