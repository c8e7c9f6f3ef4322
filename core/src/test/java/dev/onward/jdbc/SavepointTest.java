package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.flow.FlowCatalog;
import dev.onward.session.Ids;
import dev.onward.session.Receipt;
import dev.onward.session.SessionStore;
import dev.onward.session.Sessions;
import dev.onward.session.Start;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A batch writes many in one transaction: what one leaves open, all that follow pay for. */
@OnEachDatabase
class SavepointTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    SavepointTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    /** A start that is decided and not written, with what is answered to it. */
    private Writing keyedStart() {
        AtomicReference<Optional<Writing>> decided = new AtomicReference<>(Optional.empty());
        SessionStore deciding = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, _, arguments) -> {
                    decided.set(Optional.of((Writing) arguments[0]));
                    return Written.DONE;
                });
        new Sessions(FlowCatalog.builtIn(), deciding, clock, Ids.random()).start(Start.of("genesis"));
        Writing start = decided.get().orElseThrow();
        String id = start.changes().getFirst().after().id();
        return new Writing(
                start.changes(), Optional.of(new Receipt("r".repeat(64), "", "", "", Optional.of(id), NOON)));
    }

    @Test
    void aWritingThatIsDoneLeavesNoSavepointOpen() throws SQLException {
        assertThatNoSavepointIsOpenAfter(keyedStart(), Written.DONE);
    }

    @Test
    void neitherDoesOneThatIsOvertaken() throws SQLException {
        Writing start = keyedStart();
        String taken = start.changes().getFirst().after().id();
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('" + taken + "')");
        assertThatNoSavepointIsOpenAfter(start, Written.OVERTAKEN);
    }

    private void assertThatNoSavepointIsOpenAfter(Writing writing, Written outcome) throws SQLException {
        Dialect dialect = database.kind() == DatabaseKind.SQLITE
                ? new SqliteDialect()
                : new PostgresDialect(WriteLimits.forServing());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            assertThat(new WritingWriter(dialect).write(connection, writing)).isEqualTo(outcome);
            assertThatThrownBy(() -> statement.execute("RELEASE SAVEPOINT onward_writing"))
                    .isInstanceOf(SQLException.class);
            statement.execute("ROLLBACK");
        }
    }
}
