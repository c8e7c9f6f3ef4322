package dev.onward.bench.process;

import java.util.ArrayDeque;
import java.util.Deque;

/** Resources to stop or delete at the end of the run, newest first, also on Ctrl-C. */
public final class BenchResources implements AutoCloseable {

    /** A resource that outlives the call that created it. */
    @FunctionalInterface
    public interface BenchResource {
        void end();
    }

    private final Deque<BenchResource> resources = new ArrayDeque<>();
    private boolean closed;

    /** Registers a resource, to be closed at the end. */
    public synchronized void register(BenchResource resource) {
        if (closed) {
            resource.end();
            throw new BenchException("stopped");
        }
        resources.push(resource);
    }

    /** Closes a resource now. */
    public synchronized void end(BenchResource resource) {
        if (resources.remove(resource)) {
            resource.end();
        }
    }

    /** Unregisters a resource that has ended by itself. */
    public synchronized void unregister(BenchResource resource) {
        resources.remove(resource);
    }

    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!resources.isEmpty()) {
            resources.pop().end();
        }
    }
}
