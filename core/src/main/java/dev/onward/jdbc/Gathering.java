package dev.onward.jdbc;

import dev.onward.session.OnboardingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serves together those who come while others are being served (group commit). Thread-safe.
 *
 * <p>Who finds nobody being served is served at once; who does, queues. Whoever is done hands on to the first in the queue,
 * who serves all that may go together with them, on their own thread. So nothing waits for a timer, there is no thread of
 * its own, and a lone caller pays for a lock. Only where an attempt is held up (by a lock of other software's, by a slow
 * disk) does the next caller begin another one beside it, up to a few: large batches are worth more than many.
 *
 * <p>A place is held for one attempt. Where that fails, each goes on alone, and holds up nobody: so one bad item fails
 * nobody else, and a database that is away is waited for by everybody at the same time.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
final class Gathering<I, O> implements AutoCloseable {
    /** At most so many wait. */
    static final int MOST_WAITING = 4096;

    /** An attempt that takes longer is held up. */
    private static final Duration USUAL = Duration.ofMillis(20);

    /** How things are served. */
    interface Service<I, O> {

        /** What an item must have for itself: two that share a key are never served at the same time. */
        Set<String> keys(I item);

        /** Tries once to serve some, all or none; often it is one. */
        Attempt<O> together(List<I> items);

        /**
         * Serves one where an attempt has failed, whatever it takes.
         *
         * @param since when its caller came, by {@link System#nanoTime}
         */
        O alone(I item, long since);

        /** The same for one that the attempt may have served. */
        O again(I item, long since);
    }

    /** What became of an attempt. */
    sealed interface Attempt<O> {
        /** @param answers one for each, in their order */
        record Done<O>(List<O> answers) implements Attempt<O> {}

        /** Nobody was served. */
        record Failed<O>() implements Attempt<O> {}

        /** All were served or nobody. */
        record Unknown<O>() implements Attempt<O> {}
    }

    private final Batching.Work work;
    private final Service<I, O> service;
    private final int places;
    private final long usualNanos;
    private final Batching batching;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Queue<Caller> queue = new ArrayDeque<>();
    private final Set<String> taken = new HashSet<>();
    /** The attempts that are made at this moment, the youngest last. */
    private final Deque<Batch> underWay = new ArrayDeque<>();

    private boolean closed;

    /** @param places how many attempts are under way at most; all, where none are served together */
    Gathering(Batching.Work work, Service<I, O> service, int places, Batching batching) {
        this(work, service, places, batching, USUAL);
    }

    /** @param usual an attempt that takes longer is held up */
    Gathering(Batching.Work work, Service<I, O> service, int places, Batching batching, Duration usual) {
        this.work = work;
        this.service = service;
        boolean together = batching.largest() > 1;
        this.places = together ? places : Integer.MAX_VALUE;
        this.usualNanos = together ? usual.toNanos() : 0;
        this.batching = batching;
    }

    /**
     * Serves an item, alone or together with others; returns when that is done.
     *
     * @throws OnboardingException.StoreBusy where too many wait, or this is closed
     */
    O serve(I item) {
        Caller caller = new Caller(item, service.keys(item), System.nanoTime());
        return served(caller, enter(caller).<Turn<Batch, O>>map(Turn.Lead::new).orElseGet(caller::turn));
    }

    private O served(Caller caller, Turn<Batch, O> turn) {
        return switch (turn) {
            case Turn.Answered<Batch, O>(O answer) -> answer;
            case Turn.Alone<Batch, O>() when caller.waitsTooLong() -> throw new OnboardingException.StoreBusy();
            case Turn.Alone<Batch, O>() -> service.alone(caller.item, caller.since);
            case Turn.Again<Batch, O>() -> service.again(caller.item, caller.since);
            case Turn.Lead<Batch, O>(Batch batch) -> served(caller, lead(batch));
        };
    }

    /** @return the batch that the caller leads, where they may go now; else they are queued */
    private Optional<Batch> enter(Caller caller) {
        lock.lock();
        try {
            if (closed || queue.size() >= MOST_WAITING) {
                throw new OnboardingException.StoreBusy();
            }
            queue.add(caller);
            Optional<Batch> batch = next();
            if (batch.isPresent() && batch.get().leader() != caller) {
                batch.get().handOver();
                return Optional.empty();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean placeFree() {
        return underWay.isEmpty()
                || (underWay.size() < places && System.nanoTime() - underWay.getLast().since >= usualNanos);
    }

    /** Makes an attempt for all of them, and tells the others; whoever has to go on alone does so without a place. */
    private Turn<Batch, O> lead(Batch batch) {
        List<Caller> callers = batch.callers;
        Attempt<O> attempt = new Attempt.Unknown<>();
        try {
            batching.observer().served(work, callers.size());
            attempt =
                    service.together(callers.stream().map(caller -> caller.item).toList());
        } catch (RuntimeException e) {
            // Each is served again, alone, and told what becomes of that.
        } finally {
            leave(batch);
            for (int i = 1; i < callers.size(); i++) {
                callers.get(i).tell(turn(attempt, i));
            }
        }
        return turn(attempt, 0);
    }

    private Turn<Batch, O> turn(Attempt<O> attempt, int number) {
        return switch (attempt) {
            case Attempt.Done<O>(List<O> answers) -> new Turn.Answered<>(answers.get(number));
            case Attempt.Failed<O>() -> new Turn.Alone<>();
            case Attempt.Unknown<O>() -> new Turn.Again<>();
        };
    }

    /** Hands on to those who wait, where a place is free; else another attempt will. */
    private void leave(Batch batch) {
        lock.lock();
        try {
            underWay.remove(batch);
            batch.callers.forEach(caller -> taken.removeAll(caller.keys));
            next().ifPresent(Batch::handOver);
            if (underWay.isEmpty()) {
                quiet.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins an attempt for the first in the queue that may be served together now. */
    private Optional<Batch> next() {
        List<Caller> callers = new ArrayList<>();
        Iterator<Caller> waiting = placeFree() ? queue.iterator() : Collections.emptyIterator();
        while (waiting.hasNext() && callers.size() < batching.largest()) {
            Caller caller = waiting.next();
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
        Batch batch = new Batch(callers, System.nanoTime());
        underWay.addLast(batch);
        return Optional.of(batch);
    }

    /** How many wait for their turn. */
    int waiting() {
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
    }

    /** What one who waited has to do. */
    private sealed interface Turn<B, O> {
        record Answered<B, O>(O answer) implements Turn<B, O> {}

        record Alone<B, O>() implements Turn<B, O> {}

        record Again<B, O>() implements Turn<B, O> {}

        /** @param batch begins with whom it is told */
        record Lead<B, O>(B batch) implements Turn<B, O> {}
    }

    /** Those for whom one attempt is made; the first of them makes it. */
    private final class Batch {
        private final List<Caller> callers;
        private final long since;

        Batch(List<Caller> callers, long since) {
            this.callers = callers;
            this.since = since;
        }

        Caller leader() {
            return callers.getFirst();
        }

        void handOver() {
            leader().tell(new Turn.Lead<>(this));
        }
    }

    private final class Caller {
        private final I item;
        private final Set<String> keys;
        private final long since;
        private final CompletableFuture<Turn<Batch, O>> turn = new CompletableFuture<>();

        Caller(I item, Set<String> keys, long since) {
            this.item = item;
            this.keys = keys;
            this.since = since;
        }

        boolean waitsTooLong() {
            return System.nanoTime() - since > Transactions.PATIENCE.toNanos();
        }

        void tell(Turn<Batch, O> told) {
            turn.complete(told);
        }

        /** Waits also when interrupted: whoever left could not say what became of it. */
        Turn<Batch, O> turn() {
            Turn<Batch, O> told = turn.join();
            batching.observer().waited(work, System.nanoTime() - since);
            return told;
        }
    }
}
