package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.BuiltInFlow;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingEvent.EventType;
import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.SessionChange;
import dev.onward.transition.SessionEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, each with its own pool, on one database and one session. */
@OnEachDatabase
class TwoWritersTest {
    private static final int ROUNDS = 40;
    private static final int CALLERS = 8;

    private final DatabaseKind kind;
    private TestDatabase database;
    private Database otherNode;
    private List<SessionService> nodes;

    TwoWritersTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = TestDatabase.migrated(kind);
        otherNode = Database.open(database.dataSource());
        nodes = List.of(node(database.database()), node(otherNode));
    }

    @AfterEach
    void close() {
        otherNode.close();
        database.close();
    }

    private static SessionService node(Database database) {
        return new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }

    private String start() {
        return nodes.getFirst()
                .start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    @Test
    void oneDeclarationSucceedsAndTheOthersGetTheCurrentSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start();
            List<Callable<DeclarationResult>> calls = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                SessionService node = nodes.get(caller % nodes.size());
                Declaration declaration = new Declaration("Declared by caller " + caller);
                calls.add(() -> node.declare(id, declaration));
            }
            List<ConcurrentCalls.CallOutcome<DeclarationResult>> ended = ConcurrentCalls.run(calls);
            assertThat(ended).filteredOn(ConcurrentCalls.CallOutcome::well).hasSize(1);
            assertThat(ended)
                    .filteredOn(end -> !end.well())
                    .allSatisfy(end -> assertThat(end.failure())
                            .isInstanceOfSatisfying(
                                    ConflictException.AlreadyDeclared.class,
                                    error -> assertThat(error.session().firstKBlockId())
                                            .isPresent()));
            assertThat(progress(id)).isEqualTo("2|1|3");
        }
    }

    @Test
    void concurrentEqualDeclarationsCreateAndReturnOneKBlock() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start();
            List<Callable<String>> calls = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                SessionService node = nodes.get(caller % nodes.size());
                calls.add(() -> node.declare(id, new Declaration("The same.")).kblockId());
            }
            List<String> answered = ConcurrentCalls.run(calls).stream()
                    .map(ConcurrentCalls.CallOutcome::result)
                    .toList();
            assertThat(answered).hasSize(CALLERS).containsOnly(answered.getFirst());
            assertThat(progress(id)).isEqualTo("2|1|3");
        }
    }

    @Test
    void aConcurrentDeclarationAndCompletionAreBothStored() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start();
            List<Callable<Boolean>> calls = List.of(
                    () -> nodes.getFirst().declare(id, new Declaration("Both.")).onboarding() != null,
                    () -> nodes.getLast().complete(id).session().completed());
            assertThat(ConcurrentCalls.run(calls)).allMatch(ConcurrentCalls.CallOutcome::result);
            assertThat(database.query("SELECT revision, current_step, first_declaration FROM onboarding_sessions"
                            + " WHERE id = '" + id + "'"))
                    .containsExactly("3|completed|Both.");
        }
    }

    @Test
    void doesNotOverwriteConcurrentChangesOfTheOriginal() {
        String id = start();
        var before = nodes.getFirst().get(id);
        database.execute("UPDATE onboarding_sessions SET completed = true, current_step = 'f2_complete' WHERE id = '"
                + id + "'");
        var stale = new SessionChange(
                Optional.of(before.session()),
                before.session(),
                List.of(new SessionEvent(
                        "event-1",
                        EventType.COMPLETED,
                        "completed",
                        before.session().createdAt())),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(database.database().sessions().write(UnitOfWork.of(stale))).isEqualTo(CommitResult.CONFLICT);
        nodes.getFirst().declare(id, new Declaration("After theirs."));
        assertThat(database.query(
                        "SELECT current_step, first_declaration FROM onboarding_sessions WHERE id = '" + id + "'"))
                .containsExactly("f2_complete|After theirs.");
    }

    @Test
    void keepsACompletionTimeThatTheOriginalChangesConcurrently() {
        String id = start();
        nodes.getFirst().complete(id);
        var before = nodes.getFirst().get(id).session();
        database.execute(
                "UPDATE onboarding_sessions SET completed_at = '2031-01-01 00:00:00.000000' WHERE id = '" + id + "'");
        var declaredLate = new SessionChange(
                Optional.of(before),
                before,
                List.of(new SessionEvent("event-2", EventType.STEP_DONE, "first_declaration", before.createdAt())),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(database.database().sessions().write(UnitOfWork.of(declaredLate)))
                .isEqualTo(CommitResult.DONE);
        assertThat(database.query("SELECT completed_at FROM onboarding_sessions WHERE id = '" + id + "'")
                        .getFirst())
                .startsWith("2031-01-01 00:00:00");
    }

    private String progress(String id) {
        return database.query("SELECT revision, (SELECT count(*) FROM onboarding_kblocks k WHERE k.session_id = s.id),"
                        + " (SELECT count(*) FROM onboarding_events e WHERE e.session_id = s.id)"
                        + " FROM onboarding_sessions s WHERE id = '" + id + "'")
                .getFirst();
    }
}
