package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.postgresql.PostgresBackend;
import dev.onward.jdbc.sqlite.SqliteBackend;
import dev.onward.jdbc.store.Backend;
import dev.onward.jdbc.store.UnitOfWorkWriter;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionService;
import dev.onward.session.SessionStore;
import dev.onward.session.StartRequest;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A batch writes many units in one transaction, and each open savepoint slows down all that follow. */
@OnEachDatabase
class SavepointTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    SavepointTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    /** A start that was decided and not written, with an idempotency record. */
    private UnitOfWork keyedStart() {
        AtomicReference<Optional<UnitOfWork>> decided = new AtomicReference<>(Optional.empty());
        SessionStore deciding = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, _, arguments) -> {
                    decided.set(Optional.of((UnitOfWork) arguments[0]));
                    return CommitResult.DONE;
                });
        new SessionService(BuiltInFlow.catalog(), deciding, clock, IdGenerator.random())
                .start(StartRequest.of("genesis"));
        UnitOfWork start = decided.get().orElseThrow();
        String id = start.changes().getFirst().after().id();
        return new UnitOfWork(
                start.changes(), Optional.of(new IdempotencyRecord("r".repeat(64), "", "", "", Optional.of(id), NOON)));
    }

    @Test
    void aSuccessfulWriteLeavesNoSavepointOpen() throws SQLException {
        assertThatNoSavepointIsOpenAfter(keyedStart(), CommitResult.DONE);
    }

    @Test
    void aConflictingWriteLeavesNoSavepointOpen() throws SQLException {
        UnitOfWork start = keyedStart();
        String sessionId = start.changes().getFirst().after().id();
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('" + sessionId + "')");
        assertThatNoSavepointIsOpenAfter(start, CommitResult.CONFLICT);
    }

    private void assertThatNoSavepointIsOpenAfter(UnitOfWork writing, CommitResult outcome) throws SQLException {
        Backend backend = database.kind() == DatabaseKind.SQLITE
                ? new SqliteBackend()
                : new PostgresBackend(WriteLimits.forServing());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            assertThat(new UnitOfWorkWriter(backend.dialect(), backend.backfill()).write(connection, writing))
                    .isEqualTo(outcome);
            assertThatThrownBy(() -> statement.execute("RELEASE SAVEPOINT onward_writing"))
                    .isInstanceOf(SQLException.class);
            statement.execute("ROLLBACK");
        }
    }
}
