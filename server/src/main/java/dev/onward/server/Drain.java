package dev.onward.server;

import dev.onward.server.ops.Readiness;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The time between "not ready" and the end of accepting connections, so that load balancers stop sending requests in
 * time. Ctrl-C skips it.
 */
final class Drain implements AutoCloseable {
    private static final Duration CHECK_EVERY = Duration.ofMillis(50);

    private final Readiness readiness;
    private final Duration time;
    private final BooleanSupplier unreachable;

    /** @param unreachable whether no client can reach the server any more */
    Drain(Readiness readiness, Duration time, BooleanSupplier unreachable) {
        this.readiness = readiness;
        this.time = time;
        this.unreachable = unreachable;
    }

    /** Returns at the end of the drain time. */
    @Override
    public void close() {
        readiness.drain();
        try {
            waitForEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForEnd() throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 && !unreachable.getAsBoolean() && !interruptedByTerminal()) {
            Thread.sleep(CHECK_EVERY);
        }
    }

    /**
     * Whether SIGINT has arrived. Java's public API does not tell which signal ends a process. The thread that handles
     * a signal is named after it, and lives until the shutdown is over.
     */
    private static boolean interruptedByTerminal() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("SIGINT handler"));
    }
}
