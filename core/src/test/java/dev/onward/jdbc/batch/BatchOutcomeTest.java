package dev.onward.jdbc.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.postgresql.PostgresBackend;
import dev.onward.jdbc.postgresql.PostgresConnections;
import dev.onward.jdbc.store.Backend;
import dev.onward.jdbc.store.BatchWrite;
import dev.onward.jdbc.store.UnitOfWorkWriter;
import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.BusyReason;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.session.SessionService;
import dev.onward.session.SessionStore;
import dev.onward.session.StartRequest;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch on PostgreSQL commits by itself, so later failures do not change its outcome. */
@Tag("postgresql")
class BatchOutcomeTest {
    private final TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
    private final SessionService sessions = sessions(test.database().sessions());

    @AfterEach
    void close() {
        test.close();
    }

    private static SessionService sessions(SessionStore store) {
        return new SessionService(BuiltInFlow.catalog(), store, InstantSource.system(), IdGenerator.random());
    }

    private String start() {
        return sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    /** A completion that was decided and not written. */
    private UnitOfWork completion(String id) {
        List<UnitOfWork> written = new ArrayList<>();
        SessionStore store = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        written.add((UnitOfWork) arguments[0]);
                        throw new StoreBusy(BusyReason.LOCKED);
                    }
                    return call(test.database().sessions(), method, arguments);
                });
        SessionService planning = sessions(store);
        assertThatThrownBy(() -> planning.complete(id)).isInstanceOf(OnboardingException.StoreBusy.class);
        return written.getFirst();
    }

    private BatchResult<CommitResult> executeBatch(DataSource source, List<UnitOfWork> unitsOfWork) {
        Backend backend = new PostgresBackend(WriteLimits.forServing());
        Transactions transactions =
                new Transactions(new PostgresConnections(source, WriteLimits.forServing()), backend.dialect());
        return new BatchWrite(
                        transactions,
                        new UnitOfWorkWriter(backend.dialect(), backend.backfill()),
                        backend.batchWriter())
                .executeBatch(unitsOfWork);
    }

    @Test
    void runsNoStatementAfterTheCommitOfAConflictingBatch() {
        UnitOfWork first = completion(start());
        String overtaken = start();
        UnitOfWork second = completion(overtaken);
        sessions.complete(overtaken);

        BatchResult<CommitResult> attempt = executeBatch(failingFrom(2), List.of(first, second));

        assertThat(attempt)
                .isEqualTo(new BatchResult.SomeDone<>(List.of(Optional.of(CommitResult.DONE), Optional.empty())));
    }

    @Test
    void aFailureToReturnTheConnectionDoesNotUndoABatch() {
        UnitOfWork writing = completion(start());

        assertThat(executeBatch(failingToClose(), List.of(writing)))
                .isEqualTo(new BatchResult.SomeDone<>(List.of(Optional.of(CommitResult.DONE))));
    }

    @Test
    void aFailureToReturnTheConnectionDoesNotUndoATransaction() throws Exception {
        PostgresConnections connections = new PostgresConnections(failingToClose(), WriteLimits.forServing());

        String answer = connections.write(_ -> "done");

        assertThat(answer).isEqualTo("done");
    }

    /** A data source on whose connections statement number {@code first} and all later ones fail, counted from 1. */
    private DataSource failingFrom(int number) {
        AtomicInteger statements = new AtomicInteger();
        return connecting((connection, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && statements.incrementAndGet() >= number) {
                throw new SQLException("the second question fails", "57014");
            }
            return call(connection, method, arguments);
        });
    }

    private DataSource failingToClose() {
        return connecting((connection, method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (method.getName().equals("close")) {
                throw new SQLException("it cannot be given back", "08006");
            }
            return result;
        });
    }

    @FunctionalInterface
    private interface ConnectionFactory {
        Object handle(Connection connection, Method method, Object[] arguments) throws Throwable;
    }

    private DataSource connecting(ConnectionFactory handler) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
                    Object result = call(test.dataSource(), method, arguments);
                    return result instanceof Connection connection
                            ? Proxy.newProxyInstance(
                                    Connection.class.getClassLoader(),
                                    new Class<?>[] {Connection.class},
                                    (_, called, values) -> handler.handle(connection, called, values))
                            : result;
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
