package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.ServerProcess.ProcessResult;
import dev.onward.server.storage.ServingLock;
import dev.onward.server.storage.StorageException;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One server serves one SQLite file, as long as the file and its lock are not replaced. */
@Tag("sqlite")
class SqliteFilesTest {
    private final TestDatabase database = TestDatabase.empty(DatabaseKind.SQLITE);
    private final Path file = Path.of(database.jdbcUrl().substring("jdbc:sqlite:".length()));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aFileIsFreeAgainAfterItsServerWasKilled() {
        ServerProcess.start(database.jdbcUrl()).kill();

        ServerProcess.start(database.jdbcUrl()).close();
    }

    @Test
    void rejectsASecondServerThroughAHardLinkAndStopsTheFirst() throws IOException {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            api.start("before");
            Path second = Files.createLink(file.resolveSibling("second.db"), file);

            ProcessResult rejected = ServerProcess.run("serve", "--port", "0", "--db", "sqlite:" + second);

            assertThat(rejected.exitCode()).isEqualTo(1);
            assertThat(rejected.err())
                    .contains("second.db has 2 names (hard links)")
                    .hasLineCount(1);
            namesFile(api, "The database's file has a second name (a hard link)");
            Files.delete(second);
            assertThat(api.start("after").status()).isEqualTo(200);
        }
    }

    @Test
    void aServerWhoseLockFileIsDeletedStopsWith503AndSaysSo() throws IOException {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            api.start("before");

            Files.delete(file.resolveSibling(file.getFileName() + ".lock"));

            namesFile(api, "The database's lock file is gone");
            assertThat(api.get("/health/live").status()).isEqualTo(200);
        }
        assertThat(database.query("SELECT user_id FROM onboarding_sessions")).containsExactly("before");
    }

    @Test
    void aServerWhoseWalIsDeletedStopsWith503AndLosesNoAcknowledgedWrite() throws IOException {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            api.start("before");

            Files.delete(file.resolveSibling(file.getFileName() + "-wal"));

            namesFile(api, "The database's write-ahead log (the -wal file) is gone");
            server.terminate();
            server.awaitEnd();
        }
        assertThat(database.query("SELECT user_id FROM onboarding_sessions")).containsExactly("before");
    }

    /** Locks belong to the process: opening and closing the lock file once more would release the first lock. */
    @Test
    void aLockSurvivesARejectedSecondServerInTheSameProcess() {
        DatabaseUrl url = new DatabaseUrl.Sqlite(file);
        try (ServingLock first = ServingLock.take(url).orElseThrow()) {
            assertThat(first.file()).exists();
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ServingLock.take(url));

            ProcessResult other = ServerProcess.run("serve", "--port", "0", "--db", database.jdbcUrl());

            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.err())
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    private static void namesFile(HttpApi api, String which) throws IOException {
        HttpApi.HttpReply rejected = api.start("meanwhile");
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.text("code")).isEqualTo("database_unavailable");
        assertThat(rejected.text("detail")).startsWith(which + ". Nothing was changed");
        HttpApi.HttpReply ready = api.get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.response().body()).contains(which);
    }
}
