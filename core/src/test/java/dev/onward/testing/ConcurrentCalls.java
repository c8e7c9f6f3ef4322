package dev.onward.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs calls at the same moment. */
public final class ConcurrentCalls {
    private ConcurrentCalls() {}

    /** The outcome of a call. */
    public record CallOutcome<T>(Optional<T> answer, Optional<Throwable> thrown) {

        public boolean well() {
            return thrown.isEmpty();
        }

        /** Its result; an error if it failed. */
        public T result() {
            return answer.orElseThrow(() -> new AssertionError("it failed", thrown.orElseThrow()));
        }

        public Throwable failure() {
            return thrown.orElseThrow();
        }
    }

    /** The outcomes, in the order of the calls. */
    public static <T> List<CallOutcome<T>> run(List<Callable<T>> calls) throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = threads.invokeAll(calls.stream()
                    .<Callable<T>>map(call -> () -> {
                        barrier.await(10, TimeUnit.SECONDS);
                        return call.call();
                    })
                    .toList());
            List<CallOutcome<T>> ended = new ArrayList<>();
            for (Future<T> future : futures) {
                ended.add(end(future));
            }
            return ended;
        }
    }

    private static <T> CallOutcome<T> end(Future<T> future) throws InterruptedException {
        try {
            return new CallOutcome<>(Optional.of(future.get()), Optional.empty());
        } catch (ExecutionException e) {
            return new CallOutcome<>(Optional.empty(), Optional.of(e.getCause()));
        }
    }
}
