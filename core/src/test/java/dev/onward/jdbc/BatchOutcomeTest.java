package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.flow.FlowCatalog;
import dev.onward.session.Ids;
import dev.onward.session.OnboardingException;
import dev.onward.session.SessionStore;
import dev.onward.session.Sessions;
import dev.onward.session.Start;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
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

/** A batch on PostgreSQL commits by itself: whatever fails behind that changes nothing about it. */
@Tag("postgresql")
class BatchOutcomeTest {
    private final TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
    private final Sessions sessions = sessions(test.database().sessions());

    @AfterEach
    void close() {
        test.close();
    }

    private static Sessions sessions(SessionStore store) {
        return new Sessions(FlowCatalog.builtIn(), store, InstantSource.system(), Ids.random());
    }

    private String start() {
        return sessions.start(Start.of("genesis").by("ada")).journey().session().id();
    }

    /** What a completion would write. */
    private Writing completion(String id) {
        List<Writing> written = new ArrayList<>();
        SessionStore store = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        written.add((Writing) arguments[0]);
                        throw new OnboardingException.StoreBusy();
                    }
                    return call(test.database().sessions(), method, arguments);
                });
        Sessions planning = sessions(store);
        assertThatThrownBy(() -> planning.complete(id)).isInstanceOf(OnboardingException.StoreBusy.class);
        return written.getFirst();
    }

    private BatchAttempt<Written> together(DataSource source, List<Writing> writings) {
        PostgresDialect dialect = new PostgresDialect(WriteLimits.forServing());
        Transactions transactions = new Transactions(new PooledConnections(source, WriteLimits.forServing()), dialect);
        return new WritingTogether(transactions, new WritingWriter(dialect), dialect.writings()).together(writings);
    }

    @Test
    void nothingIsAskedBehindTheCommitWhereOneWasOvertaken() {
        Writing first = completion(start());
        String overtaken = start();
        Writing second = completion(overtaken);
        sessions.complete(overtaken);

        BatchAttempt<Written> attempt = together(failingFrom(2), List.of(first, second));

        assertThat(attempt).isEqualTo(new BatchAttempt.Partly<>(List.of(Optional.of(Written.DONE), Optional.empty())));
    }

    @Test
    void aConnectionThatCannotBeGivenBackDoesNotUndoABatch() {
        Writing writing = completion(start());

        assertThat(together(failingToClose(), List.of(writing)))
                .isEqualTo(new BatchAttempt.Partly<>(List.of(Optional.of(Written.DONE))));
    }

    @Test
    void aConnectionThatCannotBeGivenBackDoesNotUndoATransaction() throws Exception {
        PooledConnections connections = new PooledConnections(failingToClose(), WriteLimits.forServing());

        String answer = connections.write(_ -> "done");

        assertThat(answer).isEqualTo("done");
    }

    /** One on whose connections a statement fails, and all behind it: the first is number 1. */
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
    private interface Handler {
        Object handle(Connection connection, Method method, Object[] arguments) throws Throwable;
    }

    private DataSource connecting(Handler handler) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
                    Object result = call(test.dataSource(), method, arguments);
                    return result instanceof Connection connection
                            ? Proxy.newProxyInstance(
                                    Connection.class.getClassLoader(),
                                    new Class<?>[] {Connection.class},
                                    (_, called, given) -> handler.handle(connection, called, given))
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
