package dev.onward.jdbc.batch;

import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.BusyReason;
import dev.onward.model.OnboardingException.StoreBusy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Batches concurrent calls, so that one transaction serves many of them (group commit). Thread-safe.
 *
 * <p>If no batch is running, the caller executes directly; otherwise its call is queued. A worker executes the queue in
 * batches: at most half of all waiting and just served calls, without two that share a key. No timer is involved, and a
 * lone caller pays only for a lock. Workers are platform threads: among many virtual threads that answer requests, a
 * virtual worker would wait for a carrier before each batch, and all callers with it. Only if a batch takes longer than
 * usual (because of other software's lock, or a slow disk) another batch starts beside it, up to a limit: few large
 * batches are faster than many small ones.
 *
 * <p>A batch is attempted once. If it fails, each of its calls runs again alone, on its caller's thread. So one bad
 * call fails no other call, and if the database is away, all callers wait for it at the same time.
 *
 * @param <I> the input of a call
 * @param <O> the result of a call
 */
public final class GroupCommit<I, O> implements AutoCloseable {
    /** The maximum number of queued calls. */
    static final int MAX_WAITING = 4096;

    /** A batch that takes longer does not block the next one. */
    private static final Duration SLOW_AFTER = Duration.ofMillis(20);

    /** What is batched. */
    public interface BatchOperation<I, O> {

        /** The keys of an item. Two items that share a key are never executed at the same time. */
        Set<String> keys(I item);

        /** Tries once to execute some, all or none of the items. Often there is only one. */
        BatchResult<O> executeBatch(List<I> items);

        /**
         * Executes an item whose batch has failed, with retries.
         *
         * @param since when the call arrived, by {@link System#nanoTime}
         */
        O executeSingle(I item, long since);

        /**
         * Executes an item that its batch may already have executed.
         *
         * @param reason why that is unknown
         */
        O executeAfterUnknownOutcome(I item, long since, Throwable reason);
    }

    private final BatchSettings.BatchKind kind;
    private final BatchOperation<I, O> operation;
    private final int maxConcurrent;
    private final long slowAfterNanos;
    private final BatchSettings batching;
    private final BatchSettings.BatchListener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allEnded = lock.newCondition();
    private final Queue<QueuedCall> queue = new ArrayDeque<>();
    private final Set<String> busyKeys = new HashSet<>();
    /** The batches that are running, the most recent one last. */
    private final Deque<Batch> running = new ArrayDeque<>();

    private final ExecutorService workers;

    /** The size of the batch that ended last. */
    private int served;

    private boolean closed;

    /**
     * @param maxConcurrent the maximum number of concurrent batches; if batching is disabled, of queued calls that run
     *     at once
     */
    public GroupCommit(
            BatchSettings.BatchKind kind, BatchOperation<I, O> operation, int maxConcurrent, BatchSettings batching) {
        this(kind, operation, maxConcurrent, batching, SLOW_AFTER);
    }

    /** @param slowAfter a batch that takes longer does not block the next one */
    public GroupCommit(
            BatchSettings.BatchKind kind,
            BatchOperation<I, O> operation,
            int maxConcurrent,
            BatchSettings batching,
            Duration slowAfter) {
        this.kind = kind;
        this.operation = operation;
        boolean together = batching.maxSize() > 1;
        this.maxConcurrent = together ? maxConcurrent : Integer.MAX_VALUE;
        this.slowAfterNanos = together ? slowAfter.toNanos() : 0;
        this.batching = batching;
        this.listener = new GuardedListener(batching.observer());
        this.workers = workers(kind, maxConcurrent);
    }

    /** All workers start immediately: if one could not be started later, its batch would never run. */
    private static ExecutorService workers(BatchSettings.BatchKind kind, int maxConcurrent) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                maxConcurrent,
                maxConcurrent,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("onward-" + kind.name().toLowerCase(Locale.ROOT) + "-", 1)
                        .daemon()
                        .factory());
        workers.prestartAllCoreThreads();
        return workers;
    }

    /**
     * Executes an item, alone or in a batch. Blocks until it is done.
     *
     * @throws OnboardingException.StoreBusy if the queue is full or closed, or if the call waited too long
     */
    public O execute(I item) {
        QueuedCall caller = new QueuedCall(item, operation.keys(item), System.nanoTime(), listener.requestId());
        Optional<Batch> own = enter(caller);
        own.flatMap(this::attempt).ifPresent(this::runOnWorker);
        return switch (own.isPresent() ? caller.nextAction.join() : nextAction(caller)) {
            case NextAction.ReturnResult<O>(O answer) -> answer;
            case NextAction.RunAlone<O>() when caller.waitsTooLong() -> throw new StoreBusy(BusyReason.QUEUE_FULL);
            case NextAction.RunAlone<O>() -> operation.executeSingle(caller.item, caller.since);
            case NextAction.RunAgain<O>(Throwable reason) ->
                operation.executeAfterUnknownOutcome(caller.item, caller.since, reason);
        };
    }

    /** @return the batch that the caller executes itself; empty if the caller is queued */
    private Optional<Batch> enter(QueuedCall caller) {
        lock.lock();
        try {
            if (closed || queue.size() >= MAX_WAITING) {
                throw new StoreBusy(BusyReason.QUEUE_FULL);
            }
            queue.add(caller);
            Optional<Batch> batch = next();
            if (batch.isPresent() && batch.get().callers.getFirst() != caller) {
                runOnWorker(batch.get());
                return Optional.empty();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void runOnWorker(Batch batch) {
        workers.execute(() -> {
            Optional<Batch> next = Optional.of(batch);
            while (next.isPresent()) {
                next = attempt(next.get());
            }
        });
    }

    private boolean mayStart() {
        return running.isEmpty()
                || (running.size() < maxConcurrent && System.nanoTime() - running.getLast().since >= slowAfterNanos);
    }

    /**
     * Executes a batch and completes its calls. Calls that have to run alone do so after the batch has ended.
     *
     * @return the next batch
     */
    private Optional<Batch> attempt(Batch batch) {
        List<QueuedCall> callers = batch.callers;
        BatchResult<O> attempt = executeBatch(callers);
        Optional<Batch> next = leave(batch);
        for (int i = 0; i < callers.size(); i++) {
            callers.get(i).complete(nextAction(attempt, i));
        }
        attempt.unexpectedFailure()
                .ifPresent(failure -> listener.failed(
                        kind,
                        failure,
                        callers.stream().map(caller -> caller.requestId).toList()));
        return next;
    }

    /** Treats every exception as a result, because no one else would complete the waiting calls. */
    private BatchResult<O> executeBatch(List<QueuedCall> callers) {
        try {
            listener.served(kind, callers.size());
            BatchResult<O> result = operation.executeBatch(
                    callers.stream().map(caller -> caller.item).toList());
            result.requireOneAnswerFor(callers.size());
            return result;
        } catch (RuntimeException | Error e) {
            return new BatchResult.OutcomeLost<>(e);
        }
    }

    private NextAction<O> nextAction(BatchResult<O> attempt, int number) {
        return switch (attempt) {
            case BatchResult.AllDone<O>(List<O> answers) -> new NextAction.ReturnResult<>(answers.get(number));
            case BatchResult.SomeDone<O>(List<Optional<O>> answers) -> {
                Optional<O> answer = answers.get(number);
                yield answer.isPresent() ? new NextAction.ReturnResult<>(answer.get()) : new NextAction.RunAlone<>();
            }
            case BatchResult.NoneDone<O> none -> new NextAction.RunAlone<>();
            case BatchResult.OutcomeLost<O>(Throwable reason) -> new NextAction.RunAgain<>(reason);
        };
    }

    /** @return the next batch, if it may start now; otherwise a running batch starts it when it ends */
    private Optional<Batch> leave(Batch batch) {
        lock.lock();
        try {
            running.remove(batch);
            served = batch.callers.size();
            batch.callers.forEach(caller -> busyKeys.removeAll(caller.keys));
            Optional<Batch> next = next();
            if (running.isEmpty()) {
                allEnded.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Starts a batch with the first queued calls that may run together now. */
    private Optional<Batch> next() {
        List<QueuedCall> callers = new ArrayList<>();
        Iterator<QueuedCall> waiting = mayStart() ? queue.iterator() : Collections.emptyIterator();
        int limit = nextBatchSize();
        while (waiting.hasNext() && callers.size() < limit) {
            QueuedCall caller = waiting.next();
            if (caller.waitsTooLong()) {
                waiting.remove();
                caller.complete(new NextAction.RunAlone<>());
            } else if (Collections.disjoint(caller.keys, busyKeys)) {
                waiting.remove();
                busyKeys.addAll(caller.keys);
                callers.add(caller);
            }
        }
        if (callers.isEmpty()) {
            return Optional.empty();
        }
        Batch batch = new Batch(callers);
        running.addLast(batch);
        return Optional.of(batch);
    }

    /**
     * Half of the queued and the just served calls: served callers often call again soon. If one batch took all of
     * them, the database would be idle while they are answered, and no one would be answered while it works.
     */
    private int nextBatchSize() {
        return Math.clamp((queue.size() + served + 1) / 2, 1, batching.maxSize());
    }

    /** Waits even if interrupted: a caller that left could not report the outcome. */
    private NextAction<O> nextAction(QueuedCall caller) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return caller.nextAction.get(caller.nanosLeft(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                } catch (TimeoutException e) {
                    leaveQueue(caller);
                    return caller.nextAction.join();
                }
            }
        } finally {
            listener.waited(kind, System.nanoTime() - caller.since);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does nothing if the call's batch is already running. */
    private void leaveQueue(QueuedCall caller) {
        lock.lock();
        try {
            if (queue.remove(caller)) {
                caller.complete(new NextAction.RunAlone<>());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The number of queued calls. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Rejects new calls and waits for the queued ones. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (!running.isEmpty()) {
                allEnded.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        workers.shutdown();
    }

    /** What a caller does after its batch. */
    private sealed interface NextAction<O> {
        record ReturnResult<O>(O answer) implements NextAction<O> {}

        record RunAlone<O>() implements NextAction<O> {}

        record RunAgain<O>(Throwable reason) implements NextAction<O> {}
    }

    /** The calls of one batch. */
    private final class Batch {
        private final List<QueuedCall> callers;
        private final long since = System.nanoTime();

        Batch(List<QueuedCall> callers) {
            this.callers = callers;
        }
    }

    private final class QueuedCall {
        private final I item;
        private final Set<String> keys;
        private final long since;
        private final String requestId;
        private final CompletableFuture<NextAction<O>> nextAction = new CompletableFuture<>();

        QueuedCall(I item, Set<String> keys, long since, String requestId) {
            this.item = item;
            this.keys = keys;
            this.since = since;
            this.requestId = requestId;
        }

        boolean waitsTooLong() {
            return nanosLeft() < 0;
        }

        long nanosLeft() {
            return Transactions.RETRY_TIME.toNanos() - (System.nanoTime() - since);
        }

        void complete(NextAction<O> result) {
            nextAction.complete(result);
        }
    }
}
