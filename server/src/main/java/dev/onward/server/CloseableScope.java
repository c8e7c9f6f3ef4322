package dev.onward.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server has opened, to be closed in reverse, once. Thread-safe. */
final class CloseableScope implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private boolean closed;

    /** Says that the end has come before everything was opened. */
    static final class Over extends RuntimeException {
        private Over() {
            super("stopped while starting");
        }
    }

    /**
     * Takes charge of something that was opened.
     *
     * @throws Over where all is closed already; this is closed then too
     */
    synchronized <T extends AutoCloseable> T own(T resource) {
        opened.push(resource);
        if (closed) {
            closeAll();
            throw new Over();
        }
        return resource;
    }

    /** Closes all; a second call waits for the first. */
    @Override
    public synchronized void close() {
        closed = true;
        closeAll();
        over.countDown();
    }

    /** Ends the wait for the end, because the server cannot go on. */
    void fail(String reason) {
        failure.compareAndSet(null, reason);
        over.countDown();
    }

    /** Why the server cannot go on; empty while it can. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until all is closed, or the server cannot go on. */
    void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure must not keep the others open. */
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

    /** Made late: the settings decide how it logs. */
    private static Logger logger() {
        return LoggerFactory.getLogger(CloseableScope.class);
    }
}
