package dev.onward.jdbc.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.model.OnboardingException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Calls that arrive while a batch runs are executed together. Items are texts; the part before a colon is their key.
 */
class GroupCommitTest {
    private final GatedOperation serving = new GatedOperation();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private GroupCommit<String, String> groupCommit = of(1, BatchSettings.defaults());

    private GroupCommit<String, String> of(int maxConcurrent, BatchSettings batching) {
        return new GroupCommit<>(BatchSettings.BatchKind.FIND, serving, maxConcurrent, batching);
    }

    @AfterEach
    void close() {
        serving.gate.release(1_000_000);
        callers.close();
    }

    /** Executes batches when the test allows it, and records them. */
    private static final class GatedOperation implements GroupCommit.BatchOperation<String, String> {
        private final Semaphore gate = new Semaphore(0);
        private final List<List<String>> executedBatches = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger serving = new AtomicInteger();
        private volatile Runnable whileAlone = () -> {};
        private volatile Optional<Error> broken = Optional.empty();
        private volatile BatchResult<String> result = new BatchResult.AllDone<>(List.of());

        @Override
        public Set<String> keys(String item) {
            return item.contains(":") ? Set.of(item.split(":", 2)[0]) : Set.of();
        }

        @Override
        public String executeSingle(String item, long since) {
            whileAlone.run();
            return "alone " + item;
        }

        @Override
        public String executeAfterUnknownOutcome(String item, long since, Throwable reason) {
            return "again " + item;
        }

        @Override
        public BatchResult<String> executeBatch(List<String> items) {
            awaitBatch(items);
            broken.ifPresent(error -> {
                throw error;
            });
            return switch (result) {
                case BatchResult.AllDone<String> _ ->
                    new BatchResult.AllDone<>(
                            items.stream().map(item -> "together " + item).toList());
                case BatchResult.NoneDone<String> failed -> failed;
                case BatchResult.SomeDone<String> partly -> partly;
                case BatchResult.OutcomeLost<String> unknown -> unknown;
            };
        }

        private void awaitBatch(List<String> items) {
            executedBatches.add(List.copyOf(items));
            serving.incrementAndGet();
            gate.acquireUninterruptibly();
            serving.decrementAndGet();
        }
    }

    /** Queues calls in this order; all of them wait. */
    private List<Future<String>> call(String... items) {
        List<Future<String>> calls = new ArrayList<>();
        for (String item : items) {
            int before = groupCommit.waiting() + serving.serving.get();
            calls.add(callers.submit(() -> groupCommit.execute(item)));
            await().until(() -> groupCommit.waiting() + serving.serving.get() > before);
        }
        return calls;
    }

    private static List<String> answers(List<Future<String>> calls) throws Exception {
        List<String> answers = new ArrayList<>();
        for (Future<String> call : calls) {
            answers.add(call.get(10, TimeUnit.SECONDS));
        }
        return answers;
    }

    @Test
    void aLoneCallerExecutesImmediately() {
        serving.gate.release();
        assertThat(groupCommit.execute("a")).isEqualTo("together a");
        assertThat(serving.executedBatches).containsExactly(List.of("a"));
    }

    @Test
    void callsThatArriveDuringABatchAreBatchedInOrder() throws Exception {
        List<Future<String>> calls = call("a", "b", "c", "d");
        serving.gate.release(3);
        assertThat(answers(calls)).containsExactly("together a", "together b", "together c", "together d");
        assertThat(serving.executedBatches).containsExactly(List.of("a"), List.of("b", "c"), List.of("d"));
    }

    @Test
    void aBatchIsHalfOfTheQueuedAndTheJustServedCalls() throws Exception {
        List<Future<String>> calls = call("a", "b", "c", "d", "e", "f", "g", "h");
        serving.gate.release(1);
        await().until(() -> serving.executedBatches.size() == 2);
        calls.addAll(call("i"));
        serving.gate.release(2);
        answers(calls);
        assertThat(serving.executedBatches)
                .containsExactly(List.of("a"), List.of("b", "c", "d", "e"), List.of("f", "g", "h", "i"));
    }

    @Test
    void anotherBatchStartsBesideASlowOneUpToTheLimit() throws Exception {
        groupCommit = heldUpAfter(Duration.ZERO, 2);
        List<Future<String>> calls = call("a", "b", "c", "d");
        assertThat(serving.executedBatches).containsExactlyInAnyOrder(List.of("a"), List.of("b"));
        serving.gate.release(3);
        assertThat(answers(calls)).containsExactly("together a", "together b", "together c", "together d");
    }

    @Test
    void onlyOneBatchRunsIfNoneIsSlow() throws Exception {
        groupCommit = heldUpAfter(Duration.ofHours(1), 2);
        List<Future<String>> calls = call("a", "b", "c", "d");
        assertThat(serving.executedBatches).containsExactly(List.of("a"));
        serving.gate.release(3);
        assertThat(answers(calls)).containsExactly("together a", "together b", "together c", "together d");
        assertThat(serving.executedBatches).containsExactly(List.of("a"), List.of("b", "c"), List.of("d"));
    }

    private GroupCommit<String, String> heldUpAfter(Duration usual, int maxConcurrent) {
        return new GroupCommit<>(BatchSettings.BatchKind.FIND, serving, maxConcurrent, BatchSettings.defaults(), usual);
    }

    @Test
    void neverExecutesTwoItemsWithTheSameKeyAtTheSameTime() throws Exception {
        groupCommit = of(2, BatchSettings.defaults());
        List<Future<String>> calls = call("x:1", "x:2", "x:3", "y:1");
        assertThat(serving.executedBatches)
                .as("a place is free, x is in use")
                .containsExactlyInAnyOrder(List.of("x:1"), List.of("y:1"));
        serving.gate.release(4);
        assertThat(answers(calls)).containsExactly("together x:1", "together x:2", "together x:3", "together y:1");
        assertThat(serving.executedBatches).doesNotContain(List.of("x:2", "x:3"));
        assertThat(serving.executedBatches.indexOf(List.of("x:2")))
                .isLessThan(serving.executedBatches.indexOf(List.of("x:3")));
    }

    @Test
    void noBatchExceedsTheMaximumSize() throws Exception {
        groupCommit = of(1, new BatchSettings(3, BatchSettings.defaults().observer()));
        List<Future<String>> calls = call("a", "b", "c", "d", "e", "f");
        serving.gate.release(3);
        answers(calls);
        assertThat(serving.executedBatches).containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e", "f"));
    }

    @Test
    void withoutBatchingEveryCallerExecutesImmediately() throws Exception {
        groupCommit = of(1, new BatchSettings(1, BatchSettings.defaults().observer()));
        List<Future<String>> calls = call("a", "b", "c");
        assertThat(serving.executedBatches).containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("c"));
        serving.gate.release(3);
        answers(calls);
    }

    @Test
    void eachCallOfAFailedBatchRunsAlone() throws Exception {
        serving.result = new BatchResult.NoneDone<>();
        List<Future<String>> calls = call("a", "b", "c");
        serving.gate.release(2);
        assertThat(answers(calls)).containsExactly("alone a", "alone b", "alone c");
    }

    @Test
    void eachCallOfABatchWithUnknownOutcomeIsRepeatedAsPossiblyDone() throws Exception {
        serving.result = new BatchResult.OutcomeLost<>(new SQLException());
        List<Future<String>> calls = call("a", "b", "c");
        serving.gate.release(2);
        assertThat(answers(calls)).containsExactly("again a", "again b", "again c");
    }

    private record ReportedFailure(Throwable reason, List<String> requestIds) {}

    /** Makes each call on a thread that is named after its request. */
    private static BatchSettings reportingFailures(Queue<ReportedFailure> failures) {
        return new BatchSettings(BatchSettings.MAX_SIZE, new BatchSettings.BatchListener() {
            @Override
            public void served(BatchSettings.BatchKind kind, int calls) {}

            @Override
            public void waited(BatchSettings.BatchKind kind, long nanos) {}

            @Override
            public String requestId() {
                return "request of " + Thread.currentThread().getName();
            }

            @Override
            public void failed(BatchSettings.BatchKind kind, Throwable reason, List<String> requestIds) {
                failures.add(new ReportedFailure(reason, requestIds));
            }
        });
    }

    private Future<String> callNamed(String item) {
        int before = groupCommit.waiting() + serving.serving.get();
        Future<String> call = callers.submit(() -> {
            Thread.currentThread().setName(item);
            return groupCommit.execute(item);
        });
        await().until(() -> groupCommit.waiting() + serving.serving.get() > before);
        return call;
    }

    @Test
    void anErrorInABatchIsReportedOnceWithItsRequestIds() throws Exception {
        Queue<ReportedFailure> failures = new ConcurrentLinkedQueue<>();
        groupCommit = of(1, reportingFailures(failures));
        List<Future<String>> calls = List.of(callNamed("a"), callNamed("b"), callNamed("c"));
        serving.gate.release();
        await().until(() -> serving.executedBatches.size() == 2);
        Error error = new AssertionError("injected");
        serving.broken = Optional.of(error);
        serving.gate.release();

        assertThat(answers(calls)).containsExactly("together a", "again b", "again c");
        // Callers are completed first, then the listener is called.
        await().untilAsserted(() -> assertThat(failures)
                .containsExactly(new ReportedFailure(error, List.of("request of b", "request of c"))));
    }

    @Test
    void reportsUnexpectedFailuresOnly() throws Exception {
        Queue<ReportedFailure> failures = new ConcurrentLinkedQueue<>();
        groupCommit = of(1, reportingFailures(failures));
        SQLException unforeseen = new SQLException("unforeseen");
        serving.result = new BatchResult.NoneDone<>(Optional.of(unforeseen));
        Future<String> first = callNamed("a");
        serving.gate.release();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("alone a");
        serving.result = new BatchResult.NoneDone<>();
        Future<String> second = callNamed("b");
        serving.gate.release();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("alone b");

        // Callers are completed first, then the listener is called.
        await().untilAsserted(() ->
                assertThat(failures).containsExactly(new ReportedFailure(unforeseen, List.of("request of a"))));
    }

    @Test
    void aCallThatABatchLeftOutRunsAlone() throws Exception {
        serving.result = new BatchResult.SomeDone<>(List.of(Optional.of("together a")));
        List<Future<String>> calls = new ArrayList<>(call("a"));
        serving.gate.release();
        assertThat(answers(calls)).containsExactly("together a");
        serving.result = new BatchResult.SomeDone<>(List.of(Optional.empty()));
        calls = call("b");
        serving.gate.release();
        assertThat(answers(calls)).containsExactly("alone b");
    }

    @Test
    void aCallThatRunsAloneDoesNotDelayTheNextBatch() throws Exception {
        serving.result = new BatchResult.NoneDone<>();
        Semaphore recovering = new Semaphore(0);
        serving.whileAlone = recovering::acquireUninterruptibly;
        List<Future<String>> calls = call("a", "b");
        serving.gate.release(2);
        await().until(() -> serving.executedBatches.size() == 2 && serving.serving.get() == 0);
        serving.result = new BatchResult.AllDone<>(List.of());
        serving.gate.release();
        assertThat(groupCommit.execute("c")).isEqualTo("together c");
        recovering.release(2);
        assertThat(answers(calls)).containsExactly("alone a", "alone b");
    }

    @Test
    void aFullQueueRejectsNewCallsAndExecutesQueuedOnes() throws Exception {
        List<Future<String>> first = call("first");
        List<Future<String>> calls = IntStream.range(0, GroupCommit.MAX_WAITING)
                .mapToObj(number -> callers.submit(() -> groupCommit.execute("item " + number)))
                .toList();
        await().until(() -> groupCommit.waiting() == GroupCommit.MAX_WAITING);
        assertThatThrownBy(() -> groupCommit.execute("one too many")).isInstanceOf(OnboardingException.StoreBusy.class);
        serving.gate.release(1_000);
        assertThat(answers(first)).containsExactly("together first");
        assertThat(answers(calls)).hasSize(GroupCommit.MAX_WAITING).allMatch(answer -> answer.startsWith("together"));
    }

    @Test
    void closingExecutesQueuedCallsAndRejectsNewOnes() throws Exception {
        List<Future<String>> calls = call("a", "b", "c");
        Future<?> closing = callers.submit(groupCommit::close);
        await().until(() -> refuses("late"));
        assertThat(closing.isDone()).isFalse();
        serving.gate.release(2);
        closing.get(10, TimeUnit.SECONDS);
        assertThat(answers(calls)).containsExactly("together a", "together b", "together c");
    }

    private boolean refuses(String item) {
        Future<String> call = callers.submit(() -> groupCommit.execute(item));
        try {
            call.get(50, TimeUnit.MILLISECONDS);
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause() instanceof OnboardingException.StoreBusy;
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    @Test
    void anInterruptedCallerGetsItsResultAndStaysInterrupted() throws Exception {
        List<Future<String>> first = call("a");
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiting = Thread.ofVirtual().start(() -> {
            groupCommit.execute("b");
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 2);
        });
        await().until(() -> groupCommit.waiting() == 1);
        waiting.interrupt();
        serving.gate.release(2);
        answers(first);
        waiting.join(10_000);
        assertThat(interrupted).hasValue(1);
    }
}
