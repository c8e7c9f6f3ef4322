package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Answer;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ConflictException;
import dev.onward.session.EventPage;
import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Writers on two nodes change one session, with 8 threads in many rounds: no update is lost, and revisions have no
 * gaps.
 */
@OnEachDatabase
class ManyWritersTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = Boolean.getBoolean("onward.long") ? 1_000 : 100;
    private static final String SHARED = "shared";

    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review(
            "many.yaml",
            "{flow: many, title: Many, steps: ["
                    + Stream.concat(IntStream.range(0, THREADS).mapToObj(ManyWritersTest::own), Stream.of(SHARED))
                            .map(step -> "{id: " + step + ", title: T, optional: true, input: {type: string}}")
                            .collect(Collectors.joining(", "))
                    + ", {id: last, title: Last}]}")));

    private final DatabaseKind kind;
    private TestDatabase database;
    private Database otherNode;
    private List<SessionService> nodes;

    ManyWritersTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = TestDatabase.migrated(kind);
        otherNode = Database.open(database.dataSource());
        nodes = Stream.of(database.database(), otherNode)
                .map(node -> new SessionService(FLOWS, node.sessions(), InstantSource.system(), IdGenerator.random()))
                .toList();
    }

    @AfterEach
    void close() {
        otherNode.close();
        database.close();
    }

    private static String own(int thread) {
        return "own" + thread;
    }

    /** A submit that succeeded. */
    private record SuccessfulSubmit(String step, String answer, Onboarding onboarding) {
        long revision() {
            return onboarding.session().revision();
        }
    }

    private String start() {
        return nodes.getFirst()
                .start(StartRequest.of("many"))
                .onboarding()
                .session()
                .id();
    }

    private SessionService node(int thread) {
        return nodes.get(thread % nodes.size());
    }

    @Test
    void submitsToDifferentStepsMergeAndTheLaterOneToAStepWins() throws Exception {
        String id = start();
        List<Callable<List<SuccessfulSubmit>>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int me = thread;
            threads.add(() -> {
                List<SuccessfulSubmit> done = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    String step = round % 2 == 0 ? own(me) : SHARED;
                    String answer = me + ", round " + round;
                    done.add(new SuccessfulSubmit(
                            step, answer, node(me).submit(id, step, answer, WriteConditions.none())));
                }
                return done;
            });
        }
        List<SuccessfulSubmit> submitted = ConcurrentCalls.run(threads).stream()
                .flatMap(ended -> ended.result().stream())
                .sorted(Comparator.comparingLong(SuccessfulSubmit::revision))
                .toList();

        assertThat(submitted)
                .extracting(SuccessfulSubmit::revision)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 1 + THREADS * ROUNDS).boxed().toList());
        assertThat(submitted)
                .allSatisfy(one -> assertThat(one.onboarding().answers().of(one.step()))
                        .contains(Answer.Submitted.of(one.answer())));

        Session session = nodes.getLast().get(id).session();
        assertThat(session.revision()).isEqualTo(1 + THREADS * ROUNDS);
        Map<String, Answer> latest = submitted.stream()
                .collect(Collectors.toMap(
                        SuccessfulSubmit::step, one -> Answer.Submitted.of(one.answer()), (one, later) -> later));
        assertThat(session.answerState().answers().byStep()).isEqualTo(latest);
        theHistoryShowsThemAll(id, submitted);
    }

    private void theHistoryShowsThemAll(String id, List<SuccessfulSubmit> submitted) {
        List<RecordedEvent> events = new ArrayList<>();
        EventPosition position = EventPosition.BEGINNING;
        for (Optional<EventPosition> next = Optional.of(position); next.isPresent(); ) {
            EventPage page = nodes.getFirst().events(id, next.get(), 777);
            events.addAll(page.events());
            next = page.next();
        }
        assertThat(events.getFirst().type()).isEqualTo("started");
        assertThat(events.stream()
                        .skip(1)
                        .map(event -> event.position().revision() + " "
                                + event.position().step()))
                .containsExactlyElementsOf(submitted.stream()
                        .map(one -> one.revision() + " " + one.step())
                        .toList());
        assertThat(events.stream()
                        .map(RecordedEvent::type)
                        .collect(Collectors.groupingBy(type -> type, Collectors.counting())))
                .isEqualTo(Map.of("started", 1L, "step_done", THREADS + 1L, "revised", THREADS * (ROUNDS - 1L) - 1));
    }

    @Test
    void oneOfSeveralWritesWithTheSameExpectedRevisionSucceeds() throws Exception {
        String id = start();
        CyclicBarrier round = new CyclicBarrier(THREADS);
        List<Callable<List<Long>>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int me = thread;
            threads.add(() -> {
                List<Long> won = new ArrayList<>();
                for (long expected = 1; expected <= ROUNDS; expected++) {
                    round.await(30, TimeUnit.SECONDS);
                    if (wins(me, id, expected)) {
                        won.add(expected);
                    }
                }
                return won;
            });
        }
        assertThat(ConcurrentCalls.run(threads).stream()
                        .flatMap(ended -> ended.result().stream())
                        .sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, ROUNDS).boxed().toList());
        assertThat(nodes.getLast().get(id).session().revision()).isEqualTo(1 + ROUNDS);
    }

    private boolean wins(int me, String id, long expected) {
        String answer = me + " upon " + expected;
        try {
            Onboarding submitted = node(me).submit(
                            id, SHARED, answer, new WriteConditions<>(Optional.of(Set.of(expected)), Optional.empty()));
            assertThat(submitted.session().revision()).isEqualTo(expected + 1);
            return true;
        } catch (ConflictException.StaleRevision stale) {
            assertThat(stale.session().revision()).isEqualTo(expected + 1);
            return false;
        }
    }
}
