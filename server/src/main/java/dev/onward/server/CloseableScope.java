package dev.onward.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns what a server has opened, and closes it once, in reverse order. Thread-safe. */
final class CloseableScope implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private boolean closed;

    /** The scope was closed before everything was opened. */
    static final class AlreadyClosed extends RuntimeException {
        private AlreadyClosed() {
            super("stopped while starting");
        }
    }

    /**
     * Takes ownership of a resource.
     *
     * @throws AlreadyClosed if the scope is closed already; the resource is then closed too
     */
    synchronized <T extends AutoCloseable> T own(T resource) {
        opened.push(resource);
        if (closed) {
            closeAll();
            throw new AlreadyClosed();
        }
        return resource;
    }

    /** Closes everything. A second call waits for the first. */
    @Override
    public synchronized void close() {
        closed = true;
        closeAll();
        over.countDown();
    }

    /** Ends {@link #awaitEnd}, because the server cannot continue. */
    void fail(String reason) {
        failure.compareAndSet(null, reason);
        over.countDown();
    }

    /** The reason why the server cannot continue; empty as long as it can. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until the scope is closed or the server cannot continue. */
    void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes every resource, even if closing another one fails. */
    private void closeAll() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                logger().warn("{} did not close cleanly", resource.getClass().getSimpleName(), e);
            }
        }
    }

    /** Not a field, because the settings configure logging first. */
    private static Logger logger() {
        return LoggerFactory.getLogger(CloseableScope.class);
    }
}
