package dev.onward.jdbc.batch;

import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.model.OnboardingException.StoreBusy.BusyReason;
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
    static final int MOST_WAITING = 4096;

    /** A batch that takes longer does not block the next one. */
    private static final Duration USUAL = Duration.ofMillis(20);

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
    private final BatchOperation<I, O> service;
    private final int places;
    private final long usualNanos;
    private final BatchSettings batching;
    private final BatchSettings.BatchListener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Queue<QueuedCall> queue = new ArrayDeque<>();
    private final Set<String> taken = new HashSet<>();
    /** The batches that are running, the most recent one last. */
    private final Deque<Batch> underWay = new ArrayDeque<>();

    private final ExecutorService workers;

    /** The size of the batch that ended last. */
    private int served;

    private boolean closed;

    /**
     * @param places the maximum number of concurrent batches; if batching is disabled, of queued calls that run at once
     */
    public GroupCommit(BatchSettings.BatchKind kind, BatchOperation<I, O> service, int places, BatchSettings batching) {
        this(kind, service, places, batching, USUAL);
    }

    /** @param usual a batch that takes longer does not block the next one */
    public GroupCommit(
            BatchSettings.BatchKind kind,
            BatchOperation<I, O> service,
            int places,
            BatchSettings batching,
            Duration usual) {
        this.kind = kind;
        this.service = service;
        boolean together = batching.largest() > 1;
        this.places = together ? places : Integer.MAX_VALUE;
        this.usualNanos = together ? usual.toNanos() : 0;
        this.batching = batching;
        this.listener = new GuardedListener(batching.observer());
        this.workers = workers(kind, places);
    }

    /** All workers start immediately: if one could not be started later, its batch would never run. */
    private static ExecutorService workers(BatchSettings.BatchKind kind, int places) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                places,
                places,
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
        QueuedCall caller = new QueuedCall(item, service.keys(item), System.nanoTime(), listener.requestId());
        Optional<Batch> own = enter(caller);
        own.flatMap(this::attempt).ifPresent(this::hand);
        return switch (own.isPresent() ? caller.turn.join() : turn(caller)) {
            case Turn.Answered<O>(O answer) -> answer;
            case Turn.Alone<O>() when caller.waitsTooLong() -> throw new StoreBusy(BusyReason.QUEUE_FULL);
            case Turn.Alone<O>() -> service.executeSingle(caller.item, caller.since);
            case Turn.Again<O>(Throwable reason) ->
                service.executeAfterUnknownOutcome(caller.item, caller.since, reason);
        };
    }

    /** @return the batch that the caller executes itself; empty if the caller is queued */
    private Optional<Batch> enter(QueuedCall caller) {
        lock.lock();
        try {
            if (closed || queue.size() >= MOST_WAITING) {
                throw new StoreBusy(BusyReason.QUEUE_FULL);
            }
            queue.add(caller);
            Optional<Batch> batch = next();
            if (batch.isPresent() && batch.get().callers.getFirst() != caller) {
                hand(batch.get());
                return Optional.empty();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void hand(Batch batch) {
        workers.execute(() -> {
            Optional<Batch> next = Optional.of(batch);
            while (next.isPresent()) {
                next = attempt(next.get());
            }
        });
    }

    private boolean placeFree() {
        return underWay.isEmpty()
                || (underWay.size() < places && System.nanoTime() - underWay.getLast().since >= usualNanos);
    }

    /**
     * Executes a batch and completes its calls. Calls that have to run alone do so after the batch has ended.
     *
     * @return the next batch
     */
    private Optional<Batch> attempt(Batch batch) {
        List<QueuedCall> callers = batch.callers;
        BatchResult<O> attempt = attempted(callers);
        Optional<Batch> next = leave(batch);
        for (int i = 0; i < callers.size(); i++) {
            callers.get(i).tell(turn(attempt, i));
        }
        attempt.surprise()
                .ifPresent(failure -> listener.failed(
                        kind,
                        failure,
                        callers.stream().map(caller -> caller.requestId).toList()));
        return next;
    }

    /** Treats every exception as a result, because no one else would complete the waiting calls. */
    private BatchResult<O> attempted(List<QueuedCall> callers) {
        try {
            listener.served(kind, callers.size());
            BatchResult<O> result = service.executeBatch(
                    callers.stream().map(caller -> caller.item).toList());
            result.requireOneAnswerFor(callers.size());
            return result;
        } catch (RuntimeException | Error e) {
            return new BatchResult.OutcomeLost<>(e);
        }
    }

    private Turn<O> turn(BatchResult<O> attempt, int number) {
        return switch (attempt) {
            case BatchResult.AllDone<O>(List<O> answers) -> new Turn.Answered<>(answers.get(number));
            case BatchResult.SomeDone<O>(List<Optional<O>> answers) -> {
                Optional<O> answer = answers.get(number);
                yield answer.isPresent() ? new Turn.Answered<>(answer.get()) : new Turn.Alone<>();
            }
            case BatchResult.NoneDone<O> none -> new Turn.Alone<>();
            case BatchResult.OutcomeLost<O>(Throwable reason) -> new Turn.Again<>(reason);
        };
    }

    /** @return the next batch, if it may start now; otherwise a running batch starts it when it ends */
    private Optional<Batch> leave(Batch batch) {
        lock.lock();
        try {
            underWay.remove(batch);
            served = batch.callers.size();
            batch.callers.forEach(caller -> taken.removeAll(caller.keys));
            Optional<Batch> next = next();
            if (underWay.isEmpty()) {
                quiet.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Starts a batch with the first queued calls that may run together now. */
    private Optional<Batch> next() {
        List<QueuedCall> callers = new ArrayList<>();
        Iterator<QueuedCall> waiting = placeFree() ? queue.iterator() : Collections.emptyIterator();
        int most = share();
        while (waiting.hasNext() && callers.size() < most) {
            QueuedCall caller = waiting.next();
            if (caller.waitsTooLong()) {
                waiting.remove();
                caller.tell(new Turn.Alone<>());
            } else if (Collections.disjoint(caller.keys, taken)) {
                waiting.remove();
                taken.addAll(caller.keys);
                callers.add(caller);
            }
        }
        if (callers.isEmpty()) {
            return Optional.empty();
        }
        Batch batch = new Batch(callers);
        underWay.addLast(batch);
        return Optional.of(batch);
    }

    /**
     * Half of the queued and the just served calls: served callers often call again soon. If one batch took all of
     * them, the database would be idle while they are answered, and no one would be answered while it works.
     */
    private int share() {
        return Math.clamp((queue.size() + served + 1) / 2, 1, batching.largest());
    }

    /** Waits even if interrupted: a caller that left could not report the outcome. */
    private Turn<O> turn(QueuedCall caller) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return caller.turn.get(caller.nanosLeft(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                } catch (TimeoutException e) {
                    leaveQueue(caller);
                    return caller.turn.join();
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
                caller.tell(new Turn.Alone<>());
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
            while (!underWay.isEmpty()) {
                quiet.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        workers.shutdown();
    }

    /** What a caller does after its batch. */
    private sealed interface Turn<O> {
        record Answered<O>(O answer) implements Turn<O> {}

        record Alone<O>() implements Turn<O> {}

        record Again<O>(Throwable reason) implements Turn<O> {}
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
        private final CompletableFuture<Turn<O>> turn = new CompletableFuture<>();

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
            return Transactions.PATIENCE.toNanos() - (System.nanoTime() - since);
        }

        void tell(Turn<O> told) {
            turn.complete(told);
        }
    }
}
