package dev.onward.testing;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.onward.jdbc.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** A real database for one test: its own SQLite file, or its own database on a real PostgreSQL. */
public final class TestDatabase implements AutoCloseable {
    private final DatabaseKind kind;
    private final String jdbcUrl;
    private final DataSource dataSource;
    private Optional<Database> opened = Optional.empty();

    private TestDatabase(DatabaseKind kind, String jdbcUrl, DataSource dataSource) {
        this.kind = kind;
        this.jdbcUrl = jdbcUrl;
        this.dataSource = dataSource;
    }

    /** An empty database. */
    public static TestDatabase empty(DatabaseKind kind) {
        return switch (kind) {
            case SQLITE -> sqlite();
            case POSTGRESQL -> postgres(PostgresServer.shared().emptyDatabase());
        };
    }

    /** A database with the newest schema and no sessions. */
    public static TestDatabase migrated(DatabaseKind kind) {
        return switch (kind) {
            case SQLITE -> migrated(sqlite());
            case POSTGRESQL -> postgres(PostgresServer.shared().migratedDatabase());
        };
    }

    private static TestDatabase postgres(String url) {
        return new TestDatabase(DatabaseKind.POSTGRESQL, url, PostgresServer.pool(url));
    }

    private static TestDatabase migrated(TestDatabase sqlite) {
        try {
            Files.write(sqlite.file(), MigratedFile.CONTENT);
            return sqlite;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A SQLite file with the newest schema, created once and copied for each test. */
    private static final class MigratedFile {
        private static final byte[] CONTENT = content();

        private static byte[] content() {
            try (TestDatabase made = sqlite()) {
                made.database().migrations().migrate();
                made.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                return Files.readAllBytes(made.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path file() {
        return Path.of(jdbcUrl.substring("jdbc:sqlite:".length()));
    }

    /** The file is in memory if the machine supports it, so that no commit of a test waits for a disk. */
    private static TestDatabase sqlite() {
        try {
            Optional<Path> memory = Memory.folder();
            return sqlite(
                    memory.isPresent()
                            ? Files.createTempDirectory(memory.get(), "onward-test")
                            : Files.createTempDirectory("onward-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestDatabase sqlite(Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("onward.db");
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        return new TestDatabase(DatabaseKind.SQLITE, url, source);
    }

    public DatabaseKind kind() {
        return kind;
    }

    /** The JDBC URL. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** The data source of {@link #database}. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Onward's database, opened at the first call. */
    public synchronized Database database() {
        if (opened.isEmpty()) {
            opened = Optional.of(Database.open(dataSource));
        }
        return opened.get();
    }

    /** A connection that Onward does not use. The caller closes it. */
    public Connection connect() throws SQLException {
        Connection connection = dataSource.getConnection();
        if (kind == DatabaseKind.SQLITE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 5000");
            }
        }
        return connection;
    }

    /** Runs SQL as other software would. */
    public int execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    /** Adds a migration of a newer Onward to the history of a migrated database. */
    public void migratedByALaterOnward(String script) {
        execute("INSERT INTO onboarding_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) SELECT max(installed_rank) + 1, '"
                + script.substring(1, script.indexOf("__")) + "', 'later', 'SQL', '" + script
                + "', 1, 'x', 1, true FROM onboarding_schema_history");
    }

    /**
     * Waits until a reader may read all events: on PostgreSQL, until earlier transactions of other tests have ended.
     */
    public void awaitReadableEvents() {
        if (kind == DatabaseKind.POSTGRESQL) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> query("SELECT 1 FROM onboarding_events WHERE position >="
                                    + " onboarding_position(pg_snapshot_xmin(pg_current_snapshot())) LIMIT 1")
                            .isEmpty());
        }
    }

    /** Each row of a query as its values, joined with {@code |}; null is empty. */
    public List<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(Optional.ofNullable(row.getString(i)).orElse(""));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    /** The variant for this database. */
    public String sql(String sqlite, String postgresql) {
        return kind == DatabaseKind.SQLITE ? sqlite : postgresql;
    }

    @Override
    public void close() {
        opened.ifPresent(Database::close);
        if (dataSource instanceof HikariDataSource pool) {
            pool.close();
        }
        if (kind == DatabaseKind.POSTGRESQL) {
            PostgresServer.shared().drop(jdbcUrl);
        }
        if (kind == DatabaseKind.SQLITE) {
            deleteFolder(file().getParent());
        }
    }

    /** A server that is being killed may delete its files too. */
    private static void deleteFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // A test has deleted it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
