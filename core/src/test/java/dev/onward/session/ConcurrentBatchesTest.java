package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentBatchesTest {
    private static final List<String> IDS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private final Queue<List<String>> processed = new ConcurrentLinkedQueue<>();

    @Test
    void processesAllSessionsInBatchesAndAddsTheirResults() {
        assertThat(new ConcurrentBatches("test-", 4, 2).sum(IDS, this::count)).isEqualTo(10);
        assertThat(processed).containsExactlyInAnyOrder(IDS.subList(0, 4), IDS.subList(4, 8), IDS.subList(8, 10));
    }

    @Test
    void runsBatchesAtOnce() {
        CyclicBarrier two = new CyclicBarrier(2);
        int sum = new ConcurrentBatches("test-", 5, 2).sum(IDS, batch -> {
            try {
                two.await(10, TimeUnit.SECONDS);
                return 1;
            } catch (Exception e) {
                throw new IllegalStateException("the other batch does not run", e);
            }
        });
        assertThat(sum).isEqualTo(2);
    }

    @Test
    void oneAtATimeRunsOnTheCallersThread() {
        Thread caller = Thread.currentThread();
        assertThat(new ConcurrentBatches("test-", 3, 1)
                        .sum(IDS, batch -> Thread.currentThread() == caller ? batch.size() : 0))
                .isEqualTo(10);
    }

    @Test
    void throwsTheFailureOfABatchAfterTheOthersHaveEnded() {
        assertThatThrownBy(() -> new ConcurrentBatches("test-", 2, 2).sum(IDS, batch -> {
                    if (batch.contains("0")) {
                        throw new IllegalArgumentException("first batch");
                    }
                    return count(batch);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first batch");
        assertThat(processed).hasSize(4);
    }

    private int count(List<String> batch) {
        processed.add(batch);
        return batch.size();
    }
}
