package dev.onward.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL and its hot standby. The standby is a copy of the stopped primary's data folder, because the embedded
 * binaries have no {@code pg_basebackup}.
 */
public final class HotStandby implements AutoCloseable {
    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;

    private HotStandby(EmbeddedPostgres primary, EmbeddedPostgres standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /** Starts both with their data in a folder. */
    public static HotStandby start(Path folder) {
        Path primaryData = folder.resolve("primary");
        Path standbyData = folder.resolve("standby");
        try {
            int port = stopped(primaryData);
            copy(primaryData, standbyData);
            EmbeddedPostgres primary = PostgresServer.start(primaryData, port);
            try {
                return new HotStandby(primary, standby(standbyData, port));
            } catch (IOException | RuntimeException e) {
                primary.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int stopped(Path folder) throws IOException {
        try (EmbeddedPostgres first = PostgresServer.start(folder, 0)) {
            return first.getPort();
        }
    }

    private static EmbeddedPostgres standby(Path folder, int primaryPort) throws IOException {
        Files.createFile(folder.resolve("standby.signal"));
        Files.writeString(
                folder.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 user=postgres port=" + primaryPort + "'\n");
        return PostgresServer.start(folder, 0);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) throws IOException {
                Path target = to.resolve(from.relativize(folder));
                Files.createDirectory(target);
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    public int primaryPort() {
        return primary.getPort();
    }

    public int standbyPort() {
        return standby.getPort();
    }

    /** Waits until the standby has replayed all commits of the primary. */
    public void awaitStandby() {
        String written = ask(primary, "SELECT pg_current_wal_lsn()");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask(standby, "SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals("t"));
    }

    /** From now on, commits of the primary wait for the standby. */
    public void synchronous() {
        run(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        ask(primary, "SELECT pg_reload_conf()");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask(primary, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                        .equals("1"));
    }

    /** Disconnects the standby from the primary. */
    public void cutOff() {
        run(standby, "ALTER SYSTEM SET primary_conninfo = ''");
        ask(standby, "SELECT pg_reload_conf()");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        ask(primary, "SELECT count(*) FROM pg_stat_replication").equals("0"));
    }

    /** Stops the primary for good. */
    public void stopPrimary() {
        close(primary);
    }

    /** Promotes the standby, and waits until it is a primary. */
    public void promote() {
        ask(standby, "SELECT pg_promote(true, 30)");
    }

    private static void run(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ask(EmbeddedPostgres server, String question) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(standby);
        close(primary);
    }
}
