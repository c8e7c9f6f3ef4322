package dev.onward.server.ops;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Whether the server should be given requests, and if not, which part is to blame. Thread-safe. */
public final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Predicate<Duration> databaseAnswers;
    private final AtomicBoolean draining = new AtomicBoolean();

    /**
     * One part that has to be ready.
     *
     * @param detail how it is, for an operator
     */
    public record Part(String name, boolean ready, String detail) {}

    /** @param databaseAnswers whether the database gives a sign of life in that time */
    public Readiness(Predicate<Duration> databaseAnswers) {
        this.databaseAnswers = databaseAnswers;
    }

    /** Every part, asked now. */
    public List<Part> parts() {
        return List.of(server(), database());
    }

    /** From now on the server is not ready: it is about to stop. */
    public void drain() {
        draining.set(true);
    }

    private Part server() {
        boolean stops = draining.get();
        return new Part("server", !stops, stops ? "stopping: it finishes what it was asked" : "running");
    }

    private Part database() {
        boolean answers = databaseAnswers.test(PATIENCE);
        return new Part(
                "database", answers, answers ? "answers" : "does not answer; it is tried again with every request");
    }
}
