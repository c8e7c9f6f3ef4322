package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.model.OnboardingException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How concurrent callers share one read of the current versions. */
class PublishedFlowCatalogTest {
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final PublishedFlowCatalog flows = new PublishedFlowCatalog(store(), () -> 0, _ -> {});

    /** Answers when the test allows it. */
    private FlowStore store() {
        return (FlowStore) Proxy.newProxyInstance(
                FlowStore.class.getClassLoader(), new Class<?>[] {FlowStore.class}, (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("current");
                    reads.incrementAndGet();
                    gate.acquireUninterruptibly();
                    if (failure.get() != null) {
                        throw failure.get();
                    }
                    return Map.of("tour", 1);
                });
    }

    /** Callers of which one reads and the others wait. */
    private List<Thread> waiting(Runnable call) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread caller = Thread.ofPlatform().start(call);
            await().until(() -> caller.getState() == Thread.State.WAITING);
            callers.add(caller);
        }
        return callers;
    }

    private static void join(List<Thread> callers) throws InterruptedException {
        for (Thread caller : callers) {
            caller.join(10_000);
            assertThat(caller.isAlive()).isFalse();
        }
    }

    @Test
    void callersThatArriveDuringAReadShareIt() throws InterruptedException {
        AtomicInteger found = new AtomicInteger();
        List<Thread> callers = waiting(() -> {
            assertThat(flows.ids()).isEqualTo(Set.of("tour"));
            found.incrementAndGet();
        });
        gate.release();
        join(callers);
        assertThat(found).hasValue(3);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aFailureReachesAllWaitingCallersAndIsNotCached() throws InterruptedException {
        failure.set(new OnboardingException.StoreUnavailable(new IllegalStateException("injected")));
        AtomicInteger failed = new AtomicInteger();
        List<Thread> callers = waiting(() -> {
            assertThatThrownBy(flows::ids).isSameAs(failure.get());
            failed.incrementAndGet();
        });
        gate.release();
        join(callers);
        assertThat(failed).hasValue(3);
        failure.set(null);
        gate.release();
        assertThat(flows.ids()).isEqualTo(Set.of("tour"));
        assertThat(reads).hasValue(2);
    }

    @Test
    void doesNotCacheAReadThatRanDuringAPublication() throws InterruptedException {
        List<Thread> callers = waiting(flows::ids);
        flows.refresh();
        gate.release(2);
        join(callers);
        assertThat(flows.ids()).isEqualTo(Set.of("tour"));
        assertThat(reads).hasValue(2);
    }
}
