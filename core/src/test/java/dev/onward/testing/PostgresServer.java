package dev.onward.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.jdbc.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * A real PostgreSQL for the tests of one JVM. It starts at the first use and stops with the JVM, even if that is
 * killed. Its time zone differs from the JVM's and the tests', to reveal mix-ups.
 */
public final class PostgresServer {
    private static final String MIGRATED = "migrated";

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts a server. The caller closes it. */
    public static EmbeddedPostgres start() {
        // A new database consists of hundreds of files, which are created twenty times as fast in memory.
        Path data = Memory.folder().map(PostgresServer::temporary).orElseGet(PostgresServer::temporary);
        return start(builder().setDataDirectory(data), data);
    }

    /** Starts a server on the data of an earlier one in a folder, if there is any. The caller closes it. */
    public static EmbeddedPostgres start(Path folder, int port) {
        return start(
                builder().setDataDirectory(folder).setCleanDataDirectory(false).setPort(port), folder);
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(30))
                .setServerConfig("TimeZone", "America/St_Johns")
                .setServerConfig("max_connections", "200");
    }

    private static Path temporary(Path parent) {
        try {
            return Files.createTempDirectory(parent, "onward-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("onward-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder, Path data) {
        try {
            EmbeddedPostgres started = builder.start();
            stopWhenThisJvmIsGone(data);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A process that reads from a pipe of this JVM, which ends even if this JVM is killed. It then stops the server
     * whose process id is in the data folder.
     */
    private static void stopWhenThisJvmIsGone(Path data) throws IOException {
        String script = "trap '' HUP INT TERM; cat >/dev/null; pid=$(head -n 1 \"$1/postmaster.pid\" 2>/dev/null) &&"
                + " kill -QUIT \"$pid\" && rm -rf \"$1\"";
        new ProcessBuilder("sh", "-c", script, "sh", data.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** The JDBC URL of a new, empty database. */
    String emptyDatabase() {
        return create("template1");
    }

    /** The JDBC URL of a new database with the newest schema. */
    String migratedDatabase() {
        return create(MIGRATED);
    }

    private String create(String template) {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return url(name);
    }

    /** Drops a database of {@link #emptyDatabase} or {@link #migratedDatabase}: hundreds of them would fill a disk. */
    void drop(String url) {
        execute("DROP DATABASE " + url.replaceFirst("^.*/(\\w+)\\?.*$", "$1") + " WITH (FORCE)");
    }

    private String url(String name) {
        return server.getJdbcUrl("postgres", name);
    }

    private void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(16);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    private void makeTemplate() {
        execute("CREATE DATABASE " + MIGRATED);
        try (HikariDataSource pool = pool(url(MIGRATED));
                Database database = Database.open(pool)) {
            database.migrations().migrate();
        }
    }

    private static final class Shared {
        private static final PostgresServer SERVER = started();

        private static PostgresServer started() {
            PostgresServer started = new PostgresServer(start());
            started.makeTemplate();
            return started;
        }
    }
}
