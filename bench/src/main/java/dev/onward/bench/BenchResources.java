package dev.onward.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be stopped or removed at the end, the newest first, also when somebody presses Ctrl-C. */
final class BenchResources implements AutoCloseable {

    /** Something that outlives the call that created it. */
    @FunctionalInterface
    interface Thing {
        void end();
    }

    private final Deque<Thing> things = new ArrayDeque<>();
    private boolean closed;

    /** From here on it is ended with everything else. */
    synchronized void keep(Thing thing) {
        if (closed) {
            thing.end();
            throw new BenchException("stopped");
        }
        things.push(thing);
    }

    /** Ends one now. */
    synchronized void end(Thing thing) {
        if (things.remove(thing)) {
            thing.end();
        }
    }

    /** For what has ended by itself. */
    synchronized void forget(Thing thing) {
        things.remove(thing);
    }

    synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!things.isEmpty()) {
            things.pop().end();
        }
    }
}
