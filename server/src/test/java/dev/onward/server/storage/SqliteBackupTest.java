package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.storage.SqliteBackup.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("sqlite")
class SqliteBackupTest {
    @TempDir
    private Path folder;

    private Path database;
    private Path backup;
    private SqliteBackup backups;

    @BeforeEach
    void open() {
        database = folder.resolve("onward.db");
        backup = folder.resolve("copies.db");
        DatabaseUrl.Sqlite url = new DatabaseUrl.Sqlite(database);
        backups = new SqliteBackup(url);
        try (Storage storage = Storage.forWork(DatabaseAccess.to(url))) {
            storage.database().migrations().migrate();
        }
    }

    @Test
    void backsUpAConsistentStateForItsOwnerOnlyWhileOthersWrite() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(20);
        CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> writePairs(stop, writing));
        writing.await();

        backups.backUp(backup);

        stop.set(true);
        int pairs = written.join();
        List<String> copied = ids(backup);
        assertThat(copied).hasSizeBetween(40, 2 * pairs);
        assertThat(copied.size() % 2).as("each transaction wrote two").isZero();
        assertThat(ids(database)).as("no write was lost").hasSize(2 * pairs);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(files())
                .as("a backup is one file")
                .filteredOn(name -> name.startsWith("copies.db"))
                .hasSize(1);
    }

    @Test
    void neverReplacesAFile() throws IOException {
        Files.writeString(backup, "theirs");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> backups.backUp(backup))
                .withMessageContaining(backup + " already exists");
        assertThat(backup).hasContent("theirs");
    }

    @Test
    void leavesNoFileIfTheFolderIsMissing() throws IOException {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> backups.backUp(folder.resolve("nowhere/copies.db")))
                .withMessageContaining("nowhere/copies.db");
        assertThat(files()).containsExactly("onward.db");
    }

    @Test
    void restoresABackupAndBacksUpTheReplacedDatabase() throws Exception {
        insert(database, "kept");
        backups.backUp(backup);
        insert(database, "later");

        Restored restored = backups.restore(backup);

        assertThat(ids(database)).containsExactly("kept");
        assertThat(ids(restored.before().orElseThrow())).containsExactly("kept", "later");
        assertThat(restored.behind()).isFalse();
        assertThat(files()).noneMatch(name -> name.contains("partial"));
    }

    @Test
    void restoresWithoutAnExistingDatabase() throws Exception {
        insert(database, "kept");
        backups.backUp(backup);
        Path other = folder.resolve("new/onward.db");

        Restored restored = new SqliteBackup(new DatabaseUrl.Sqlite(other)).restore(backup);

        assertThat(restored.before()).isEmpty();
        assertThat(ids(other)).containsExactly("kept");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotRestoreWhileAServerRuns() throws Exception {
        backups.backUp(backup);
        insert(database, "later");

        try (Storage _ =
                Storage.forServing(DatabaseAccess.to(new DatabaseUrl.Sqlite(database)), BatchSettings.defaults())) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> backups.restore(backup))
                    .withMessageContaining("is serving");
        }
        assertThat(ids(database)).containsExactly("later");
    }

    @Test
    void doesNotRestoreANewerSchema() throws Exception {
        insert(database, "kept");
        backups.backUp(backup);
        execute(
                backup,
                "INSERT INTO onboarding_schema_history SELECT 99, '99', description, type,"
                        + " 'V99__tomorrow.sql', checksum, installed_by, installed_on, execution_time, success"
                        + " FROM onboarding_schema_history LIMIT 1");

        assertThatThrownBy(() -> backups.restore(backup))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 99");
        assertThat(ids(database)).containsExactly("kept");
        assertThat(files()).noneMatch(name -> name.contains("partial") || name.contains("before-restore"));
    }

    @Test
    void doesNotRestoreAFileThatIsNoBackup() throws Exception {
        insert(database, "kept");
        Path text = Files.writeString(folder.resolve("notes.txt"), "This is no database. ".repeat(100));
        execute(backup, "CREATE TABLE theirs (id INTEGER)");

        for (Path wrong : List.of(text, backup, folder.resolve("missing.db"))) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> backups.restore(wrong))
                    .withMessageContaining(wrong.toString());
        }
        assertThat(ids(database)).containsExactly("kept");
    }

    private int writePairs(AtomicBoolean stop, CountDownLatch writing) {
        try (Connection connection = connect(database)) {
            connection.setAutoCommit(false);
            int pairs = 0;
            for (; !stop.get(); pairs++) {
                insert(connection, "a" + pairs);
                insert(connection, "b" + pairs);
                connection.commit();
                writing.countDown();
            }
            return pairs;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(Path file, String id) throws SQLException {
        try (Connection connection = connect(file)) {
            insert(connection, id);
        }
    }

    private static void insert(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('" + id
                    + "', '2026-01-01 00:00:00.000000')");
        }
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> ids(Path file) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT group_concat(id) FROM (SELECT id FROM onboarding_sessions ORDER BY id)")) {
            String ids = rows.getString(1);
            return ids == null ? List.of() : List.of(ids.split(","));
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=30000");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
