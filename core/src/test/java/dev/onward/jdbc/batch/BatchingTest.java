package dev.onward.jdbc.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.store.BatchFind;
import dev.onward.jdbc.store.JdbcSessionStore;
import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.kblock.KBlock;
import dev.onward.model.OnboardingException;
import dev.onward.session.DeclarationResult;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionService;
import dev.onward.session.SessionStore;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.testing.ConcurrentCalls.CallOutcome;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import dev.onward.transition.SessionChange;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Concurrent writes and reads of many callers, on a database that blocks them until they are batched. */
@OnEachDatabase
class BatchingTest {
    private static final int CALLS = 256;

    private final ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final TestDatabase files;
    private final Database database;
    private final JdbcSessionStore store;
    private final SessionService sessions;

    BatchingTest(DatabaseKind kind) {
        files = TestDatabase.migrated(kind);
        database = Database.open(
                files.dataSource(),
                new BatchSettings(BatchSettings.MAX_SIZE, new BatchSettings.BatchListener() {
                    @Override
                    public void served(BatchSettings.BatchKind work, int together) {
                        if (work == BatchSettings.BatchKind.WRITE) {
                            batches.add(together);
                        }
                    }

                    @Override
                    public void waited(BatchSettings.BatchKind work, long nanos) {}
                }),
                List.of(),
                new WriteLimits(Duration.ofSeconds(3), Duration.ofSeconds(15)));
        store = (JdbcSessionStore) database.sessions();
        sessions = sessions(store);
    }

    private static SessionService sessions(SessionStore store) {
        return new SessionService(BuiltInFlow.catalog(), store, InstantSource.system(), IdGenerator.random());
    }

    @AfterEach
    void close() {
        callers.close();
        database.close();
        files.close();
    }

    /** Runs calls while the database is locked, and unlocks it when all of them wait. */
    private <T> List<CallOutcome<T>> executeBatch(List<Callable<T>> calls) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        try (Connection connection = files.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(files.sql("BEGIN IMMEDIATE", "BEGIN"));
            if (files.kind() == DatabaseKind.POSTGRESQL) {
                statement.execute("LOCK TABLE onboarding_sessions IN SHARE ROW EXCLUSIVE MODE");
            }
            batches.clear();
            for (Callable<T> call : calls) {
                running.add(callers.submit(call));
            }
            await().until(() -> store.waitingWrites().getAsInt() + served() == calls.size());
            statement.execute("COMMIT");
        }
        List<CallOutcome<T>> ended = new ArrayList<>();
        for (Future<T> call : running) {
            ended.add(ended(call));
        }
        return ended;
    }

    private int served() {
        return batches.stream().mapToInt(Integer::intValue).sum();
    }

    /** All calls except those that ran immediately, and the last one. */
    private int inCompany() {
        return batches.stream()
                .mapToInt(Integer::intValue)
                .filter(size -> size > 1)
                .sum();
    }

    private static <T> CallOutcome<T> ended(Future<T> call) throws Exception {
        try {
            return new CallOutcome<>(Optional.of(call.get(20, TimeUnit.SECONDS)), Optional.empty());
        } catch (ExecutionException e) {
            return new CallOutcome<>(Optional.empty(), Optional.of(e.getCause()));
        }
    }

    private List<String> started(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> sessions.start(StartRequest.of("genesis").by("user " + i))
                        .onboarding()
                        .session()
                        .id())
                .toList();
    }

    /** A declaration that was decided and not written. */
    private SessionChange declaring(String id, String words) {
        AtomicReference<Optional<SessionChange>> decided = new AtomicReference<>(Optional.empty());
        SessionStore deciding = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, method, arguments) -> {
                    if (arguments[0] instanceof UnitOfWork writing) {
                        decided.set(Optional.of(writing.changes().getFirst()));
                        return CommitResult.DONE;
                    }
                    return method.invoke(store, arguments);
                });
        sessions(deciding).declare(id, new Declaration(words));
        return decided.get().orElseThrow();
    }

    @Test
    void batchedStartsShareOneTransaction() throws Exception {
        List<CallOutcome<StartResult>> ended = executeBatch(IntStream.range(0, CALLS)
                .<Callable<StartResult>>mapToObj(
                        i -> () -> sessions.start(StartRequest.of("genesis").by("user " + i)))
                .toList());
        assertThat(inCompany()).as("the test met the case under test").isGreaterThanOrEqualTo(CALLS - 4);
        assertThat(ended).allSatisfy(start -> {
            Onboarding started = start.result().onboarding();
            assertThat(sessions.get(started.session().id()).session()).isEqualTo(started.session());
        });
        assertThat(files.query("SELECT count(*) FROM onboarding_events WHERE type = 'started' AND revision = 1"))
                .containsExactly(String.valueOf(CALLS));
    }

    @Test
    void batchedDeclarationsCreateTheirKBlocksEventsAndProfiles() throws Exception {
        List<String> ids = started(CALLS);
        batches.clear();
        List<CallOutcome<DeclarationResult>> ended = executeBatch(ids.stream()
                .<Callable<DeclarationResult>>map(id -> () -> sessions.declare(id, new Declaration("I am " + id + ".")))
                .toList());
        assertThat(inCompany()).as("the test met the case under test").isGreaterThanOrEqualTo(CALLS - 4);
        for (int i = 0; i < CALLS; i++) {
            DeclarationResult declared = ended.get(i).result();
            assertThat(sessions.get(ids.get(i)).session())
                    .isEqualTo(declared.onboarding().session());
            KBlock kblock = sessions.kblock(declared.kblockId());
            assertThat(kblock.sessionId()).isEqualTo(ids.get(i));
            assertThat(kblock.content()).isEqualTo("I am " + ids.get(i) + ".");
            assertThat(sessions.profile("user " + i).onboardingCompletedAt())
                    .isEqualTo(declared.onboarding().session().completedAt());
        }
        assertThat(files.query(
                        "SELECT type, revision, count(*) FROM onboarding_events GROUP BY type, revision ORDER BY 1"))
                .containsExactly("completed|2|" + CALLS, "started|1|" + CALLS, "step_done|2|" + CALLS);
    }

    @Test
    void oneBadRowAmong255GoodOnesFailsAlone() throws Exception {
        List<String> ids = started(CALLS);
        List<SessionChange> changes = new ArrayList<>(
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList());
        int badIndex = 100;
        changes.set(badIndex, withLayerNought(changes.get(badIndex)));
        batches.clear();
        List<CallOutcome<CommitResult>> ended = executeBatch(changes.stream()
                .<Callable<CommitResult>>map(change -> () -> store.write(UnitOfWork.of(change)))
                .toList());
        assertThat(inCompany()).as("the test met the case under test").isGreaterThanOrEqualTo(CALLS - 4);
        for (int i = 0; i < CALLS; i++) {
            if (i == badIndex) {
                assertThat(ended.get(i).failure()).isInstanceOf(OnboardingException.StoreFailed.class);
                assertThat(sessions.get(ids.get(i)).session().revision()).isEqualTo(1);
            } else {
                assertThat(ended.get(i).result()).isEqualTo(CommitResult.DONE);
                assertThat(sessions.get(ids.get(i)).session().revision()).isEqualTo(2);
            }
        }
        assertThat(files.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly(String.valueOf(CALLS - 1));
        assertThat(files.query("SELECT count(*) FROM onboarding_events WHERE revision = 2"))
                .containsExactly(String.valueOf(2 * (CALLS - 1)));
    }

    private static SessionChange withLayerNought(SessionChange change) {
        KBlock made = change.kblock().orElseThrow();
        KBlock badKBlock = new KBlock(
                made.id(),
                made.sessionId(),
                made.userId(),
                0,
                made.title(),
                made.content(),
                made.loss(),
                made.tags(),
                made.createdAt(),
                made.updatedAt());
        return new SessionChange(
                change.before(),
                change.after(),
                change.events(),
                Optional.of(badKBlock),
                change.completion(),
                List.of());
    }

    @Test
    void aConflictInABatchAffectsNoOtherCall() throws Exception {
        List<String> ids = started(8);
        List<SessionChange> changes =
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList();
        sessions.complete(ids.get(5));
        List<CallOutcome<CommitResult>> ended = executeBatch(changes.stream()
                .<Callable<CommitResult>>map(change -> () -> store.write(UnitOfWork.of(change)))
                .toList());
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ended.get(i).result()).isEqualTo(i == 5 ? CommitResult.CONFLICT : CommitResult.DONE);
        }
    }

    @Test
    void aBatchRecognisesAnEarlierWrite() throws Exception {
        List<String> ids = started(8);
        List<SessionChange> changes =
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList();
        changes.forEach(change -> assertThat(store.write(UnitOfWork.of(change))).isEqualTo(CommitResult.DONE));
        List<CallOutcome<CommitResult>> ended = executeBatch(changes.stream()
                .<Callable<CommitResult>>map(change -> () -> store.write(UnitOfWork.of(change)))
                .toList());
        assertThat(ended).allSatisfy(again -> assertThat(again.result()).isEqualTo(CommitResult.DONE));
        assertThat(files.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly("8");
        assertThat(files.query("SELECT count(*) FROM onboarding_events")).containsExactly("24");
    }

    private static UnitOfWork answered(SessionChange change, String key, String token) {
        IdempotencyRecord idempotencyRecord = new IdempotencyRecord(
                key,
                "fingerprint",
                "answer " + token,
                token,
                Optional.of(change.after().id()),
                change.after().updatedAt());
        return new UnitOfWork(List.of(change), Optional.of(idempotencyRecord));
    }

    @Test
    void storesResponsesOfIdempotentRequestsWithTheirEffects() throws Exception {
        List<String> ids = started(CALLS);
        List<UnitOfWork> unitsOfWork = ids.stream()
                .map(id -> answered(declaring(id, "I am " + id + "."), "key " + id, "token " + id))
                .toList();
        List<CallOutcome<CommitResult>> ended = executeBatch(unitsOfWork.stream()
                .<Callable<CommitResult>>map(writing -> () -> store.write(writing))
                .toList());
        assertThat(inCompany()).as("the test met the case under test").isGreaterThanOrEqualTo(CALLS - 4);
        assertThat(ended).allSatisfy(written -> assertThat(written.result()).isEqualTo(CommitResult.DONE));
        for (String id : ids) {
            IdempotencyRecord storedRecord =
                    store.idempotencyRecord("key " + id).orElseThrow();
            assertThat(storedRecord.answer()).isEqualTo("answer token " + id);
            assertThat(storedRecord.sessionId()).contains(id);
            assertThat(sessions.get(id).session().revision()).isEqualTo(2);
        }
    }

    @Test
    void reportsARepeatedRequestWithoutExecutingIt() throws Exception {
        List<String> ids = started(8);
        assertThat(store.write(answered(declaring(ids.getFirst(), "At first."), "key", "first")))
                .isEqualTo(CommitResult.DONE);
        List<SessionChange> changes = ids.stream()
                .skip(1)
                .map(id -> declaring(id, "I am " + id + "."))
                .toList();
        List<UnitOfWork> unitsOfWork = IntStream.range(0, changes.size())
                .mapToObj(i -> answered(changes.get(i), i == 3 ? "key" : "key " + i, "token " + i))
                .toList();
        List<CallOutcome<CommitResult>> ended = executeBatch(unitsOfWork.stream()
                .<Callable<CommitResult>>map(writing -> () -> store.write(writing))
                .toList());
        for (int i = 0; i < changes.size(); i++) {
            assertThat(ended.get(i).result()).isEqualTo(i == 3 ? CommitResult.DUPLICATE : CommitResult.DONE);
            assertThat(sessions.get(ids.get(i + 1)).session().revision()).isEqualTo(i == 3 ? 1 : 2);
        }
        assertThat(store.idempotencyRecord("key").orElseThrow().answer()).isEqualTo("answer first");
    }

    @Test
    void aConflictLeavesNoIdempotencyRecord() throws Exception {
        List<String> ids = started(8);
        List<SessionChange> changes =
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList();
        sessions.complete(ids.get(5));
        List<CallOutcome<CommitResult>> ended = executeBatch(changes.stream()
                .map(change -> answered(change, "key " + change.after().id(), "token"))
                .<Callable<CommitResult>>map(writing -> () -> store.write(writing))
                .toList());
        assertThat(ended.get(5).result()).isEqualTo(CommitResult.CONFLICT);
        assertThat(store.idempotencyRecord("key " + ids.get(5))).isEmpty();
        assertThat(store.idempotencyRecord("key " + ids.get(4))).isPresent();
    }

    @Test
    void twoCompletionsOfOneUserKeepTheFirstTime() throws Exception {
        List<String> ids = IntStream.range(0, 8)
                .mapToObj(i -> sessions.start(StartRequest.of("genesis").by("ada"))
                        .onboarding()
                        .session()
                        .id())
                .toList();
        List<CallOutcome<Onboarding>> ended = executeBatch(ids.stream()
                .<Callable<Onboarding>>map(id -> () -> sessions.complete(id))
                .toList());
        Instant first = ended.stream()
                .map(onboarding -> onboarding.result().session().completedAt().orElseThrow())
                .min(Instant::compareTo)
                .orElseThrow();
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(first);
    }

    @Test
    void twoChangesOfOneSessionAreDecidedOneAfterTheOther() throws Exception {
        List<String> ids = started(4);
        List<Callable<Onboarding>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String id = ids.get(i % 4);
            calls.add(() -> sessions.complete(id));
        }
        List<CallOutcome<Onboarding>> ended = executeBatch(calls);
        assertThat(ended)
                .allSatisfy(completed ->
                        assertThat(completed.result().session().revision()).isEqualTo(2));
        assertThat(files.query("SELECT count(*) FROM onboarding_events WHERE type = 'completed'"))
                .containsExactly("4");
    }

    @Test
    void findsExistingSessionsOnly() {
        List<String> ids = started(3);
        List<String> requestedIds = List.of(ids.get(0), "nobody", ids.get(2), "\"quoted\", and ['odd']", ids.get(0));
        BatchFind finding = new BatchFind(store.transactions(), store.rows());
        assertThat(finding.executeBatch(requestedIds))
                .isEqualTo(new BatchResult.AllDone<>(requestedIds.stream()
                        .map(id -> finding.executeSingle(id, System.nanoTime()))
                        .toList()));
        assertThat(finding.executeSingle(ids.get(2), System.nanoTime())).isPresent();
        assertThat(finding.executeSingle("nobody", System.nanoTime())).isEmpty();
    }
}
