package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStorageTest {
    @TempDir
    private Path folder;

    @Test
    void newFoldersAndFilesAreForTheirOwnerOnly() throws IOException {
        Path file = folder.resolve("a/b/onward.db");

        try (Storage storage = Storage.forServing(sqlite(file), BatchSettings.defaults())) {
            storage.database().migrations().migrate();
            assertThat(storage.database().sessions().anyCompleted()).isFalse();
            assertThat(rights(folder.resolve("a"))).isEqualTo("rwx------");
            assertThat(rights(file)).isEqualTo("rw-------");
            assertThat(rights(folder.resolve("a/b/onward.db-wal"))).isEqualTo("rw-------");
        }
    }

    @Test
    void keepsThePermissionsOfExistingFiles() throws IOException {
        Path file = Files.createFile(folder.resolve("onward.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        Storage.forServing(sqlite(file), BatchSettings.defaults()).close();

        assertThat(rights(file)).isEqualTo("rw-rw----");
    }

    @Test
    void namesAFolderThatCannotBeCreated() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(
                        () -> Storage.forServing(sqlite(Path.of("/dev/null/x/onward.db")), BatchSettings.defaults()))
                .withMessageContaining("The folder /dev/null/x cannot be created or written")
                .withMessageContaining("--db sqlite:FILE");
    }

    @Test
    void rejectsAFolderAsDatabase() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> Storage.forServing(sqlite(folder), BatchSettings.defaults()))
                .withMessageContaining(folder.toString())
                .withMessageContaining("not a writable file");
    }

    @Test
    void oneServerAtATimeServesAFile() {
        DatabaseUrl url = new DatabaseUrl.Sqlite(folder.resolve("onward.db"));

        try (ServingLock first = ServingLock.take(url).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> ServingLock.take(url))
                    .withMessageContaining("(process " + ProcessHandle.current().pid() + ")")
                    .withMessageContaining(folder.resolve("onward.db").toString());
        }

        ServingLock.take(url).orElseThrow().close();
    }

    @Test
    void aSymbolicLinkLeadsToTheSameLock() throws IOException {
        Path file = folder.resolve("onward.db");
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), Files.createFile(file));

        try (ServingLock first = ServingLock.take(new DatabaseUrl.Sqlite(file)).orElseThrow()) {
            assertThat(first.file()).exists();
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> ServingLock.take(new DatabaseUrl.Sqlite(link)))
                    .withMessageContaining("is serving");
        }
    }

    @Test
    void serversAndCommandsRejectAFileWithTwoNames() throws IOException {
        Path file = Files.createFile(folder.resolve("onward.db"));
        DatabaseAccess second = sqlite(Files.createLink(folder.resolve("second.db"), file));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> Storage.forServing(second, BatchSettings.defaults()))
                .withMessageContaining("second.db has 2 names (hard links)");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> Storage.forWork(second))
                .withMessageContaining("second.db has 2 names (hard links)");
        assertThat(Files.size(file)).as("nothing is written").isZero();
        Files.delete(file);
        Storage.forServing(second, BatchSettings.defaults()).close();
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static DatabaseAccess sqlite(Path file) {
        return DatabaseAccess.to(new DatabaseUrl.Sqlite(file));
    }
}
