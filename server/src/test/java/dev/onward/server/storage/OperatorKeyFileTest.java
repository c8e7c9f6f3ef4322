package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.server.config.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorKeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void isCreatedBesideTheDatabaseForItsOwnerOnly() throws IOException {
        OperatorKeyFile file = file();
        assertThat(file.exists()).isFalse();

        file.read();

        assertThat(file.path()).isEqualTo(folder.resolve("operator.key"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(file.readableByOthers()).isFalse();
        assertThat(Files.readString(file.path())).matches("[A-Za-z0-9_-]{43}\n");
        assertThat(folder.resolve("operator.key.new")).doesNotExist();
    }

    @Test
    void isReadAgainAtTheNextStart() throws IOException {
        file().read();
        String first = Files.readString(folder.resolve("operator.key"));

        assertThat(file().read().matches(first.strip())).isTrue();
        assertThat(folder.resolve("operator.key")).hasContent(first);
    }

    @Test
    void anotherInstallationGetsAnotherKey(@TempDir Path elsewhere) throws IOException {
        file().read();
        file(elsewhere).read();

        assertThat(Files.readString(folder.resolve("operator.key")))
                .isNotEqualTo(Files.readString(elsewhere.resolve("operator.key")));
    }

    @Test
    void detectsThatOthersCanReadIt() throws IOException {
        OperatorKeyFile file = file();
        file.read();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(file.readableByOthers()).isTrue();
    }

    @Test
    void rejectsADamagedFileAndDoesNotReplaceIt() throws IOException {
        Files.writeString(folder.resolve("operator.key"), "short\n");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> file().read())
                .withMessageContaining(folder.resolve("operator.key").toString())
                .withMessageContaining("Delete the file");
        assertThat(folder.resolve("operator.key")).hasContent("short");
    }

    @Test
    void doesNotExistOnPostgresqlBecauseNodesShareOneKey() {
        assertThat(OperatorKeyFile.of(new DatabaseUrl.Postgres("db", "onward", Map.of())))
                .isEmpty();
    }

    private OperatorKeyFile file() {
        return file(folder);
    }

    private static OperatorKeyFile file(Path folder) {
        return OperatorKeyFile.of(new DatabaseUrl.Sqlite(folder.resolve("onward.db")))
                .orElseThrow();
    }
}
