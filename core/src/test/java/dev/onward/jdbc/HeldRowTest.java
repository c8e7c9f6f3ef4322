package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.FlowCatalog;
import dev.onward.session.Declaration;
import dev.onward.session.Declared;
import dev.onward.session.Ids;
import dev.onward.session.Sessions;
import dev.onward.session.Start;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that other software holds, on PostgreSQL: SQLite has one lock for all. */
@Tag("postgresql")
class HeldRowTest {
    private static final int SESSIONS = 32;
    private static final int HELD = 7;

    private final TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Sessions sessions =
            new Sessions(FlowCatalog.builtIn(), test.database().sessions(), InstantSource.system(), Ids.random());

    @AfterEach
    void close() {
        callers.close();
        test.close();
    }

    @Test
    void keepsNobodyElseWaitingForLongAndIsChangedOnceItIsFree() throws Exception {
        List<String> ids = Stream.generate(() ->
                        sessions.start(Start.of("genesis")).journey().session().id())
                .limit(SESSIONS)
                .toList();
        try (Connection other = test.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "UPDATE onboarding_sessions SET updated_at = updated_at WHERE id = '" + ids.get(HELD) + "'");
            List<Future<Declared>> running = ids.stream()
                    .map(id -> callers.submit(() -> sessions.declare(id, new Declaration("I am " + id + "."))))
                    .toList();
            for (int i = 0; i < SESSIONS; i++) {
                if (i != HELD) {
                    running.get(i).get(3, TimeUnit.SECONDS);
                }
            }
            assertThat(running.get(HELD)).isNotDone();
            other.commit();
            running.get(HELD).get(3, TimeUnit.SECONDS);
        }
        assertThat(sessions.get(ids.get(HELD)).session().revision()).isEqualTo(2);
    }
}
