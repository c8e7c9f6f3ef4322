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
 * Serves together those who come while others are being served (group commit). Thread-safe.
 *
 * <p>Who finds nobody being served is served at once, on their own thread; who does, queues. Those who queue are served by
 * a worker: those who may go together, at most half of all who are here, and then the next. So nothing waits for a timer,
 * and a lone caller pays for a lock. Workers are threads of the platform: among the many that answer requests, a virtual
 * one would wait for its turn with each batch, and everybody with it. Only where an attempt is held up (by a lock of other
 * software's, by a slow disk) does another one begin beside it, up to a few: large batches are worth more than many.
 *
 * <p>A place is held for one attempt. Where that fails, each goes on alone, and holds up nobody: so one bad item fails
 * nobody else, and a database that is away is waited for by everybody at the same time.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class GroupCommit<I, O> implements AutoCloseable {
    /** At most so many wait. */
    static final int MOST_WAITING = 4096;

    /** An attempt that takes longer is held up. */
    private static final Duration USUAL = Duration.ofMillis(20);

    /** How things are served. */
    public interface BatchOperation<I, O> {

        /** What an item must have for itself: two that share a key are never served at the same time. */
        Set<String> keys(I item);

        /** Tries once to serve some, all or none; often it is one. */
        BatchResult<O> executeBatch(List<I> items);

        /**
         * Serves one where an attempt has failed, whatever it takes.
         *
         * @param since when its caller came, by {@link System#nanoTime}
         */
        O executeSingle(I item, long since);

        /**
         * The same for one that the attempt may have served.
         *
         * @param reason why that is not known
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
    /** The attempts that are made at this moment, the youngest last. */
    private final Deque<Batch> underWay = new ArrayDeque<>();

    private final ExecutorService workers;

    /** By the attempt that ended last. */
    private int served;

    private boolean closed;

    /** @param places how many attempts are under way at most; where none are served together, for those who queue */
    public GroupCommit(BatchSettings.BatchKind kind, BatchOperation<I, O> service, int places, BatchSettings batching) {
        this(kind, service, places, batching, USUAL);
    }

    /** @param usual an attempt that takes longer is held up */
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

    /** They stand ready from the beginning: one that cannot be made later on would leave a batch to nobody. */
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
     * Serves an item, alone or together with others; returns when that is done.
     *
     * @throws OnboardingException.StoreBusy where too many wait, or this is closed, or its turn does not come in time
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

    /** @return the batch that begins with the caller, where they may go now; else they are queued */
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
     * Makes an attempt for all of them, and tells them; whoever has to go on alone does so without a place.
     *
     * @return those who have queued meanwhile
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

    /** Whatever it throws is a result: nobody else would tell those who wait. */
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

    /** @return those who are next, where a place is free; else another attempt finds them */
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

    /** Begins an attempt for the first in the queue that may be served together now. */
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
     * Half of those who are here: who waits, and who has just been served and may soon come again. If one batch took all,
     * the database would have nothing to do while they are answered, and nobody would be answered while it works.
     */
    private int share() {
        return Math.clamp((queue.size() + served + 1) / 2, 1, batching.largest());
    }

    /** Waits also when interrupted: whoever left could not say what became of it. */
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

    /** If the caller's batch is under way already, this does nothing. */
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

    /** How many wait for their turn. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nobody any more, and waits for those who are here. */
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

    /** What a caller has to do. */
    private sealed interface Turn<O> {
        record Answered<O>(O answer) implements Turn<O> {}

        record Alone<O>() implements Turn<O> {}

        record Again<O>(Throwable reason) implements Turn<O> {}
    }

    /** Those for whom one attempt is made. */
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
