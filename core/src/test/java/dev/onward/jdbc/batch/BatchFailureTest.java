package dev.onward.jdbc.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.onward.jdbc.batch.BatchSettings.BatchKind;
import dev.onward.jdbc.batch.BatchSettings.BatchListener;
import dev.onward.jdbc.transaction.BatchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever a batch or its listener throws, every caller gets an answer, later batches run, and the log shows it once.
 */
class BatchFailureTest {
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore gate = new Semaphore(0);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private volatile UnaryOperator<List<String>> batch = items -> items;

    static Stream<Throwable> throwables() {
        return Stream.of(new IllegalStateException("injected"), new AssertionError("injected"));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(GroupCommit.class.getPackageName());
    }

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        gate.release(1_000);
        callers.shutdownNow(); // Does not wait for callers without an answer.
        logger().detachAppender(log);
    }

    private GroupCommit<String, String> groupCommit(BatchSettings settings) {
        return new GroupCommit<>(
                BatchKind.WRITE,
                new GroupCommit.BatchOperation<>() {
                    @Override
                    public Set<String> keys(String item) {
                        return Set.of(item);
                    }

                    @Override
                    public BatchResult<String> executeBatch(List<String> items) {
                        gate.acquireUninterruptibly();
                        return new BatchResult.AllDone<>(batch.apply(items));
                    }

                    @Override
                    public String executeSingle(String item, long since) {
                        return "alone " + item;
                    }

                    @Override
                    public String executeAfterUnknownOutcome(String item, long since, Throwable reason) {
                        return "again " + item;
                    }
                },
                1,
                settings);
    }

    /** The first call runs alone, the others together after it. */
    private List<String> answers(GroupCommit<String, String> groupCommit, String... items) throws Exception {
        List<Future<String>> calls = new ArrayList<>();
        calls.add(callers.submit(() -> groupCommit.execute(items[0])));
        await().until(gate::hasQueuedThreads);
        for (int i = 1; i < items.length; i++) {
            String item = items[i];
            int waiting = i;
            calls.add(callers.submit(() -> groupCommit.execute(item)));
            await().until(() -> groupCommit.waiting() == waiting);
        }
        gate.release(1_000);
        List<String> answers = new ArrayList<>();
        for (Future<String> call : calls) {
            answers.add(call.get(10, TimeUnit.SECONDS));
        }
        return answers;
    }

    private static void sneakyThrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(thrown);
        }
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aThrowingListenerDoesNotAffectCallers(Throwable thrown) throws Exception {
        BatchListener failing = new BatchListener() {
            @Override
            public void served(BatchKind kind, int calls) {
                sneakyThrow(thrown);
            }

            @Override
            public void waited(BatchKind kind, long nanos) {
                sneakyThrow(thrown);
            }

            @Override
            public String requestId() {
                sneakyThrow(thrown);
                return "";
            }
        };
        assertThat(answers(groupCommit(new BatchSettings(BatchSettings.MAX_SIZE, failing)), "a", "b", "c", "d"))
                .containsExactly("a", "b", "c", "d");
        assertThat(log.list).isNotEmpty().allMatch(event -> event.getMessage().contains("listener"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aListenerThatThrowsWhenABatchFailsDelaysNoCaller(Throwable thrown) throws Exception {
        BatchListener failing = new BatchListener() {
            @Override
            public void served(BatchKind kind, int calls) {}

            @Override
            public void waited(BatchKind kind, long nanos) {}

            @Override
            public void failed(BatchKind kind, Throwable failure, List<String> requestIds) {
                sneakyThrow(thrown);
            }
        };
        batch = items -> {
            throw new IllegalStateException("the batch");
        };
        assertThat(answers(groupCommit(new BatchSettings(BatchSettings.MAX_SIZE, failing)), "a", "b", "c", "d"))
                .containsExactly("again a", "again b", "again c", "again d");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void logsTheExceptionOfABatchOnce(Throwable thrown) throws Exception {
        batch = items -> {
            if (items.contains("b")) {
                sneakyThrow(thrown);
            }
            return items;
        };
        GroupCommit<String, String> groupCommit = groupCommit(BatchSettings.defaults());
        assertThat(answers(groupCommit, "a", "b", "c", "d")).contains("a", "again b");
        // Callers get their answers first.
        await().untilAsserted(() -> assertThat(log.list).hasSize(1));
        assertThat(log.list.getFirst().getMessage()).startsWith("A batch failed");
        assertThat(groupCommit.execute("e")).isEqualTo("e");
    }

    @Test
    void aBatchWithMissingAnswersLeavesNoCallerWaiting() throws Exception {
        batch = items -> items.contains("b") ? List.of() : items;
        GroupCommit<String, String> groupCommit = groupCommit(BatchSettings.defaults());
        assertThat(answers(groupCommit, "a", "b")).containsExactly("a", "again b");
        assertThat(groupCommit.execute("e")).isEqualTo("e");
    }
}
