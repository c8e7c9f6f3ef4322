package dev.onward.jdbc;

import dev.onward.session.OnboardingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serves together those who come while others are being served (group commit). Thread-safe.
 *
 * <p>A few are served at once. Who finds a place free is served at once; who does not, queues. Whoever is done hands their
 * place to the first in the queue, who serves all that may go together with them, on their own thread. So nothing waits
 * for a timer, there is no thread of its own, and a lone caller pays for a lock.
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
    private final Batching batching;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Queue<Caller> queue = new ArrayDeque<>();
    private final Set<String> taken = new HashSet<>();
    private int busy;
    private boolean closed;

    /** @param places how many are served at once; everybody, where none are served together */
    Gathering(Batching.Work work, Service<I, O> service, int places, Batching batching) {
        this.work = work;
        this.service = service;
        this.places = batching.largest() == 1 ? Integer.MAX_VALUE : places;
        this.batching = batching;
    }

    /**
     * Serves an item, alone or together with others; returns when that is done.
     *
     * @throws OnboardingException.StoreBusy where too many wait, or this is closed
     */
    O serve(I item) {
        Caller caller = new Caller(item, service.keys(item), System.nanoTime());
        return served(caller, enter(caller) ? new Turn.Lead<>(List.of(caller)) : caller.turn());
    }

    private O served(Caller caller, Turn<Caller, O> turn) {
        return switch (turn) {
            case Turn.Answered<Caller, O>(O answer) -> answer;
            case Turn.Alone<Caller, O>() -> service.alone(caller.item, caller.since);
            case Turn.Again<Caller, O>() -> service.again(caller.item, caller.since);
            case Turn.Lead<Caller, O>(List<Caller> batch) -> served(caller, lead(batch));
        };
    }

    /** @return whether a place was free; else the caller is queued */
    private boolean enter(Caller caller) {
        lock.lock();
        try {
            if (closed || queue.size() >= MOST_WAITING) {
                throw new OnboardingException.StoreBusy();
            }
            if (busy < places && caller.goesNow()) {
                busy++;
                taken.addAll(caller.keys);
                return true;
            }
            queue.add(caller);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Makes an attempt for all of them, and tells the others; whoever has to go on alone does so without a place. */
    private Turn<Caller, O> lead(List<Caller> batch) {
        Attempt<O> attempt = new Attempt.Unknown<>();
        try {
            batching.observer().served(work, batch.size());
            attempt = service.together(batch.stream().map(caller -> caller.item).toList());
        } catch (RuntimeException e) {
            // Each is served again, alone, and told what becomes of that.
        } finally {
            leave(batch);
            for (int i = 1; i < batch.size(); i++) {
                batch.get(i).tell(turn(attempt, i));
            }
        }
        return turn(attempt, 0);
    }

    private Turn<Caller, O> turn(Attempt<O> attempt, int number) {
        return switch (attempt) {
            case Attempt.Done<O>(List<O> answers) -> new Turn.Answered<>(answers.get(number));
            case Attempt.Failed<O>() -> new Turn.Alone<>();
            case Attempt.Unknown<O>() -> new Turn.Again<>();
        };
    }

    /** Hands the place to those who wait, or gives it up. */
    private void leave(List<Caller> batch) {
        lock.lock();
        try {
            batch.forEach(caller -> taken.removeAll(caller.keys));
            List<Caller> next = next();
            if (next.isEmpty()) {
                busy--;
                quiet.signalAll();
            } else {
                next.getFirst().tell(new Turn.Lead<>(next));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first in the queue that may be served now, together. */
    private List<Caller> next() {
        List<Caller> batch = new ArrayList<>();
        for (Iterator<Caller> waiting = queue.iterator(); waiting.hasNext() && batch.size() < batching.largest(); ) {
            Caller caller = waiting.next();
            if (caller.goesNow()) {
                waiting.remove();
                taken.addAll(caller.keys);
                batch.add(caller);
            }
        }
        return batch;
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
            while (busy > 0) {
                quiet.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What one who waited has to do. */
    private sealed interface Turn<C, O> {
        record Answered<C, O>(O answer) implements Turn<C, O> {}

        record Alone<C, O>() implements Turn<C, O> {}

        record Again<C, O>() implements Turn<C, O> {}

        /** @param batch begins with whom it is told */
        record Lead<C, O>(List<C> batch) implements Turn<C, O> {}
    }

    private final class Caller {
        private final I item;
        private final Set<String> keys;
        private final long since;
        private final CompletableFuture<Turn<Caller, O>> turn = new CompletableFuture<>();

        Caller(I item, Set<String> keys, long since) {
            this.item = item;
            this.keys = keys;
            this.since = since;
        }

        /** Under the lock: whether nobody who is served has what this one must have. */
        private boolean goesNow() {
            return Collections.disjoint(keys, taken);
        }

        void tell(Turn<Caller, O> told) {
            turn.complete(told);
        }

        /** Waits also when interrupted: whoever left could not say what became of it. */
        Turn<Caller, O> turn() {
            Turn<Caller, O> told = turn.join();
            batching.observer().waited(work, System.nanoTime() - since);
            return told;
        }
    }
}
