package dev.onward.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the database is deleted, replaced or linked while it is open. */
@Tag("sqlite")
@Order(1)
class SqliteFileChangedTest extends StoreTest {
    private static final StartRequest ANONYMOUS = StartRequest.of("genesis");

    private final Path file = Path.of(database.jdbcUrl().substring("jdbc:sqlite:".length()));

    SqliteFileChangedTest() {
        super(DatabaseKind.SQLITE, Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm"})
    void stopsWritingWhenALogFileIsDeletedAndKeepsConfirmedWrites(String ending) throws IOException {
        String id = sessions.start(ANONYMOUS).onboarding().session().id();

        Files.delete(file.resolveSibling(file.getFileName() + ending));

        assertThatThrownBy(() -> sessions.start(ANONYMOUS))
                .isInstanceOf(OnboardingException.StoreUnavailable.class)
                .hasMessageContaining("(the " + ending + " file) is gone. Nothing was changed.");
        assertThat(database.database().changedFile().orElseThrow()).contains("(the " + ending + " file) is gone");
        database.database().close();
        assertThat(database.query("SELECT id FROM onboarding_sessions")).containsExactly(id);
    }

    @Test
    void stopsWritingWhenTheLogIsReplaced() throws IOException {
        sessions.start(ANONYMOUS);
        Path log = file.resolveSibling(file.getFileName() + "-wal");

        // The first file stays, so the second one gets another inode.
        Files.move(log, file.resolveSibling("away"));
        Files.createFile(log);

        assertThatThrownBy(() -> sessions.start(ANONYMOUS))
                .isInstanceOf(OnboardingException.StoreUnavailable.class)
                .hasMessageContaining("(the -wal file) has been replaced by another file");
    }

    @Test
    void stopsWritingWhileTheFileHasAHardLink() throws IOException {
        sessions.start(ANONYMOUS);
        Path second = file.resolveSibling("second.db");

        Files.createLink(second, file);

        assertThatThrownBy(() -> sessions.start(ANONYMOUS))
                .isInstanceOf(OnboardingException.StoreUnavailable.class)
                .hasMessageContaining("second name (a hard link)");
        Files.delete(second);
        sessions.start(ANONYMOUS);
        assertThat(database.database().changedFile()).isEmpty();
    }

    @Test
    void stopsWritingWhenALockFileIsDeleted() throws Exception {
        Path lock = Files.createFile(file.resolveSibling("lock"));
        try (Database guarded = Database.open(database.dataSource(), BatchSettings.defaults(), List.of(lock))) {
            SessionService onward =
                    new SessionService(BuiltInFlow.catalog(), guarded.sessions(), clock, IdGenerator.random());
            onward.start(ANONYMOUS);

            Files.delete(lock);

            assertThatThrownBy(() -> onward.start(ANONYMOUS))
                    .isInstanceOf(OnboardingException.StoreUnavailable.class)
                    .hasMessageContaining("The database's lock file is gone");
        }
    }

    /** Deletes the file after the transaction has begun, so the check before it has passed. */
    @Test
    void doesNotConfirmACommitToADeletedFile() {
        SqliteDialect dialect = new SqliteDialect();
        try (SqliteConnections connections = new SqliteConnections(database.dataSource(), dialect, List.of())) {
            Transactions transactions = new Transactions(connections, dialect);

            assertThatThrownBy(() -> transactions.write(connection -> {
                        moveAway();
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate("UPDATE onboarding_flows SET onboarding = onboarding");
                        }
                    }))
                    .isInstanceOf(OnboardingException.OutcomeUnknown.class)
                    .hasMessageContaining("The database's file is gone. The change may be lost.");
        }
    }

    private void moveAway() {
        try {
            if (Files.exists(file)) {
                Files.move(file, file.resolveSibling("away.db"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
