package dev.onward.server.http.connection;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for all request bodies together. Thread-safe. */
final class BodyBudget {
    private final AtomicLong free;

    BodyBudget(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** Reserves all of these bytes or none. */
    boolean tryReserve(long bytes) {
        long left = free.addAndGet(-bytes);
        if (left < 0) {
            free.addAndGet(bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        free.addAndGet(bytes);
    }
}
