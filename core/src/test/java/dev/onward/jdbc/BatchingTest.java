package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.flow.FlowCatalog;
import dev.onward.kblock.KBlock;
import dev.onward.session.Change;
import dev.onward.session.Declaration;
import dev.onward.session.Declared;
import dev.onward.session.Ids;
import dev.onward.session.Journey;
import dev.onward.session.OnboardingException;
import dev.onward.session.Receipt;
import dev.onward.session.SessionStore;
import dev.onward.session.Sessions;
import dev.onward.session.Start;
import dev.onward.session.Started;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import dev.onward.testing.AtOnce.Ended;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
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

/** What many callers write and read at once, on a database that keeps them waiting until they are served together. */
@OnEachDatabase
class BatchingTest {
    private static final int MANY = 256;

    private final ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final TestDatabase files;
    private final Database database;
    private final JdbcSessionStore store;
    private final Sessions sessions;

    BatchingTest(DatabaseKind kind) {
        files = TestDatabase.migrated(kind);
        database = Database.open(
                files.dataSource(),
                new Batching(Batching.LARGEST, new Batching.Observer() {
                    @Override
                    public void served(Batching.Work work, int together) {
                        if (work == Batching.Work.WRITE) {
                            batches.add(together);
                        }
                    }

                    @Override
                    public void waited(Batching.Work work, long nanos) {}
                }),
                List.of(),
                new WriteLimits(Duration.ofSeconds(3), Duration.ofSeconds(15)));
        store = (JdbcSessionStore) database.sessions();
        sessions = sessions(store);
    }

    private static Sessions sessions(SessionStore store) {
        return new Sessions(FlowCatalog.builtIn(), store, InstantSource.system(), Ids.random());
    }

    @AfterEach
    void close() {
        callers.close();
        database.close();
        files.close();
    }

    /** Runs calls while nobody can write, and lets them write once all of them wait. */
    private <T> List<Ended<T>> together(List<Callable<T>> calls) throws Exception {
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
            await().until(() -> store.writing().waiting() + served() == calls.size());
            statement.execute("COMMIT");
        }
        List<Ended<T>> ended = new ArrayList<>();
        for (Future<T> call : running) {
            ended.add(ended(call));
        }
        return ended;
    }

    private int served() {
        return batches.stream().mapToInt(Integer::intValue).sum();
    }

    /** All but those who found a place free, and the last. */
    private int inCompany() {
        return batches.stream()
                .mapToInt(Integer::intValue)
                .filter(size -> size > 1)
                .sum();
    }

    private static <T> Ended<T> ended(Future<T> call) throws Exception {
        try {
            return new Ended<>(Optional.of(call.get(20, TimeUnit.SECONDS)), Optional.empty());
        } catch (ExecutionException e) {
            return new Ended<>(Optional.empty(), Optional.of(e.getCause()));
        }
    }

    private List<String> started(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> sessions.start(Start.of("genesis").by("user " + i))
                        .journey()
                        .session()
                        .id())
                .toList();
    }

    /** What a declaration would write, decided and not written. */
    private Change declaring(String id, String words) {
        AtomicReference<Optional<Change>> decided = new AtomicReference<>(Optional.empty());
        SessionStore deciding = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, method, arguments) -> {
                    if (arguments[0] instanceof Writing writing) {
                        decided.set(Optional.of(writing.changes().getFirst()));
                        return Written.DONE;
                    }
                    return method.invoke(store, arguments);
                });
        sessions(deciding).declare(id, new Declaration(words));
        return decided.get().orElseThrow();
    }

    @Test
    void startsAreOneTransactionAndAllOfThemStand() throws Exception {
        List<Ended<Started>> ended = together(IntStream.range(0, MANY)
                .<Callable<Started>>mapToObj(
                        i -> () -> sessions.start(Start.of("genesis").by("user " + i)))
                .toList());
        assertThat(inCompany()).as("so that the test tests something").isGreaterThanOrEqualTo(MANY - 4);
        assertThat(ended).allSatisfy(start -> {
            Journey begun = start.result().journey();
            assertThat(sessions.get(begun.session().id()).session()).isEqualTo(begun.session());
        });
        assertThat(files.query("SELECT count(*) FROM onboarding_events WHERE type = 'started' AND revision = 1"))
                .containsExactly(String.valueOf(MANY));
    }

    @Test
    void declarationsMakeTheirKBlocksEventsAndProfiles() throws Exception {
        List<String> ids = started(MANY);
        batches.clear();
        List<Ended<Declared>> ended = together(ids.stream()
                .<Callable<Declared>>map(id -> () -> sessions.declare(id, new Declaration("I am " + id + ".")))
                .toList());
        assertThat(inCompany()).as("so that the test tests something").isGreaterThanOrEqualTo(MANY - 4);
        for (int i = 0; i < MANY; i++) {
            Declared declared = ended.get(i).result();
            assertThat(sessions.get(ids.get(i)).session())
                    .isEqualTo(declared.journey().session());
            KBlock kblock = sessions.kblock(declared.kblockId());
            assertThat(kblock.sessionId()).isEqualTo(ids.get(i));
            assertThat(kblock.content()).isEqualTo("I am " + ids.get(i) + ".");
            assertThat(sessions.profile("user " + i).onboardingCompletedAt())
                    .isEqualTo(declared.journey().session().completedAt());
        }
        assertThat(files.query(
                        "SELECT type, revision, count(*) FROM onboarding_events GROUP BY type, revision ORDER BY 1"))
                .containsExactly("completed|2|" + MANY, "started|1|" + MANY, "step_done|2|" + MANY);
    }

    @Test
    void aPoisonRowAmong255GoodOnesFailsAlone() throws Exception {
        List<String> ids = started(MANY);
        List<Change> changes = new ArrayList<>(
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList());
        int poisoned = 100;
        changes.set(poisoned, withLayerNought(changes.get(poisoned)));
        batches.clear();
        List<Ended<Written>> ended = together(changes.stream()
                .<Callable<Written>>map(change -> () -> store.write(Writing.of(change)))
                .toList());
        assertThat(inCompany()).as("so that the test tests something").isGreaterThanOrEqualTo(MANY - 4);
        for (int i = 0; i < MANY; i++) {
            if (i == poisoned) {
                assertThat(ended.get(i).failure()).isInstanceOf(OnboardingException.StoreFailed.class);
                assertThat(sessions.get(ids.get(i)).session().revision()).isEqualTo(1);
            } else {
                assertThat(ended.get(i).result()).isEqualTo(Written.DONE);
                assertThat(sessions.get(ids.get(i)).session().revision()).isEqualTo(2);
            }
        }
        assertThat(files.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly(String.valueOf(MANY - 1));
        assertThat(files.query("SELECT count(*) FROM onboarding_events WHERE revision = 2"))
                .containsExactly(String.valueOf(2 * (MANY - 1)));
    }

    private static Change withLayerNought(Change change) {
        KBlock made = change.kblock().orElseThrow();
        KBlock poison = new KBlock(
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
        return new Change(
                change.before(), change.after(), change.events(), Optional.of(poison), change.completion(), List.of());
    }

    @Test
    void whoIsOvertakenInABatchIsToldSoAndTheOthersAreNot() throws Exception {
        List<String> ids = started(8);
        List<Change> changes =
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList();
        sessions.complete(ids.get(5));
        List<Ended<Written>> ended = together(changes.stream()
                .<Callable<Written>>map(change -> () -> store.write(Writing.of(change)))
                .toList());
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ended.get(i).result()).isEqualTo(i == 5 ? Written.OVERTAKEN : Written.DONE);
        }
    }

    @Test
    void whatWasWrittenBeforeIsRecognisedInABatch() throws Exception {
        List<String> ids = started(8);
        List<Change> changes =
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList();
        changes.forEach(change -> assertThat(store.write(Writing.of(change))).isEqualTo(Written.DONE));
        List<Ended<Written>> ended = together(changes.stream()
                .<Callable<Written>>map(change -> () -> store.write(Writing.of(change)))
                .toList());
        assertThat(ended).allSatisfy(again -> assertThat(again.result()).isEqualTo(Written.DONE));
        assertThat(files.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly("8");
        assertThat(files.query("SELECT count(*) FROM onboarding_events")).containsExactly("24");
    }

    private static Writing answered(Change change, String key, String token) {
        Receipt receipt = new Receipt(
                key,
                "fingerprint",
                "answer " + token,
                token,
                Optional.of(change.after().id()),
                change.after().updatedAt());
        return new Writing(List.of(change), Optional.of(receipt));
    }

    @Test
    void whatIsAnsweredToRequestsWithAKeyIsWrittenWithTheirEffects() throws Exception {
        List<String> ids = started(MANY);
        List<Writing> writings = ids.stream()
                .map(id -> answered(declaring(id, "I am " + id + "."), "key " + id, "token " + id))
                .toList();
        List<Ended<Written>> ended = together(writings.stream()
                .<Callable<Written>>map(writing -> () -> store.write(writing))
                .toList());
        assertThat(inCompany()).as("so that the test tests something").isGreaterThanOrEqualTo(MANY - 4);
        assertThat(ended).allSatisfy(written -> assertThat(written.result()).isEqualTo(Written.DONE));
        for (String id : ids) {
            Receipt kept = store.receipt("key " + id).orElseThrow();
            assertThat(kept.answer()).isEqualTo("answer token " + id);
            assertThat(kept.sessionId()).contains(id);
            assertThat(sessions.get(id).session().revision()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatWasMadeBeforeIsToldSoAndDoesNothing() throws Exception {
        List<String> ids = started(8);
        assertThat(store.write(answered(declaring(ids.getFirst(), "At first."), "key", "first")))
                .isEqualTo(Written.DONE);
        List<Change> changes = ids.stream()
                .skip(1)
                .map(id -> declaring(id, "I am " + id + "."))
                .toList();
        List<Writing> writings = IntStream.range(0, changes.size())
                .mapToObj(i -> answered(changes.get(i), i == 3 ? "key" : "key " + i, "token " + i))
                .toList();
        List<Ended<Written>> ended = together(writings.stream()
                .<Callable<Written>>map(writing -> () -> store.write(writing))
                .toList());
        for (int i = 0; i < changes.size(); i++) {
            assertThat(ended.get(i).result()).isEqualTo(i == 3 ? Written.REPEATED : Written.DONE);
            assertThat(sessions.get(ids.get(i + 1)).session().revision()).isEqualTo(i == 3 ? 1 : 2);
        }
        assertThat(store.receipt("key").orElseThrow().answer()).isEqualTo("answer first");
    }

    @Test
    void anOvertakenOneLeavesNoReceipt() throws Exception {
        List<String> ids = started(8);
        List<Change> changes =
                ids.stream().map(id -> declaring(id, "I am " + id + ".")).toList();
        sessions.complete(ids.get(5));
        List<Ended<Written>> ended = together(changes.stream()
                .map(change -> answered(change, "key " + change.after().id(), "token"))
                .<Callable<Written>>map(writing -> () -> store.write(writing))
                .toList());
        assertThat(ended.get(5).result()).isEqualTo(Written.OVERTAKEN);
        assertThat(store.receipt("key " + ids.get(5))).isEmpty();
        assertThat(store.receipt("key " + ids.get(4))).isPresent();
    }

    @Test
    void twoCompletionsOfOneUserKeepTheFirst() throws Exception {
        List<String> ids = IntStream.range(0, 8)
                .mapToObj(i -> sessions.start(Start.of("genesis").by("ada"))
                        .journey()
                        .session()
                        .id())
                .toList();
        List<Ended<Journey>> ended = together(ids.stream()
                .<Callable<Journey>>map(id -> () -> sessions.complete(id))
                .toList());
        Instant first = ended.stream()
                .map(journey -> journey.result().session().completedAt().orElseThrow())
                .min(Instant::compareTo)
                .orElseThrow();
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(first);
    }

    @Test
    void twoChangesOfOneSessionAreDecidedOneBehindTheOther() throws Exception {
        List<String> ids = started(4);
        List<Callable<Journey>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String id = ids.get(i % 4);
            calls.add(() -> sessions.complete(id));
        }
        List<Ended<Journey>> ended = together(calls);
        assertThat(ended)
                .allSatisfy(completed ->
                        assertThat(completed.result().session().revision()).isEqualTo(2));
        assertThat(files.query("SELECT count(*) FROM onboarding_events WHERE type = 'completed'"))
                .containsExactly("4");
    }

    @Test
    void findsWhatIsThereAndNothingElse() {
        List<String> ids = started(3);
        List<String> asked = List.of(ids.get(0), "nobody", ids.get(2), "\"quoted\", and ['odd']", ids.get(0));
        FindingTogether finding = new FindingTogether(store.transactions(), store.rows());
        assertThat(finding.together(asked))
                .isEqualTo(new BatchAttempt.Done<>(asked.stream()
                        .map(id -> finding.alone(id, System.nanoTime()))
                        .toList()));
        assertThat(finding.alone(ids.get(2), System.nanoTime())).isPresent();
        assertThat(finding.alone("nobody", System.nanoTime())).isEmpty();
    }
}
