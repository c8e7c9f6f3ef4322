package dev.onward.server;

import dev.onward.server.ops.Readiness;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The time between "not ready" and the end of accepting, so that balancers stop sending requests before they would be
 * refused. It is over at once where somebody presses Ctrl-C.
 */
final class Drain implements AutoCloseable {
    private static final Duration CHECK_EVERY = Duration.ofMillis(50);

    private final Readiness readiness;
    private final Duration time;
    private final BooleanSupplier useless;

    /** @param useless whether nobody can reach the server any more */
    Drain(Readiness readiness, Duration time, BooleanSupplier useless) {
        this.readiness = readiness;
        this.time = time;
        this.useless = useless;
    }

    /** Returns when the time is over. */
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
        while (System.nanoTime() - end < 0 && !useless.getAsBoolean() && !interruptedByTerminal()) {
            Thread.sleep(CHECK_EVERY);
        }
    }

    /**
     * Whether SIGINT has arrived. Java's public API does not say which signal ends a process, but the thread that
     * handles a signal is named after it, and lives until the shutdown is over.
     */
    private static boolean interruptedByTerminal() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("SIGINT handler"));
    }
}
