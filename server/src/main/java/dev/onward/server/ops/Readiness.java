package dev.onward.server.ops;

import dev.onward.jdbc.Database;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether the server should be given requests, and if not, which part is to blame. Thread-safe. */
public final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Function<Duration, Database.Health> databaseHealth;
    private final Supplier<Optional<String>> changedFile;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final List<Supplier<ReadinessPart>> added = new CopyOnWriteArrayList<>();

    /**
     * @param databaseHealth asks the database what it can do, for at most that time
     * @param changedFile what has become of a file of the database that has to stay as it is, as the beginning of a
     *     sentence
     */
    public Readiness(Function<Duration, Database.Health> databaseHealth, Supplier<Optional<String>> changedFile) {
        this.databaseHealth = databaseHealth;
        this.changedFile = changedFile;
    }

    /** Every part, asked now. */
    public List<ReadinessPart> parts() {
        List<ReadinessPart> parts = new ArrayList<>(List.of(server(), database()));
        added.forEach(part -> parts.add(part.get()));
        return List.copyOf(parts);
    }

    /** Adds a part, which is asked each time. */
    public void add(Supplier<ReadinessPart> part) {
        added.add(part);
    }

    /** From now on the server is not ready: it is about to stop. */
    public void drain() {
        draining.set(true);
    }

    /** Whether the server is about to stop. */
    public boolean draining() {
        return draining.get();
    }

    private ReadinessPart server() {
        boolean stops = draining.get();
        return new ReadinessPart(
                "server", !stops, stops ? "stopping: it finishes the requests it has accepted" : "running");
    }

    private ReadinessPart database() {
        return switch (databaseHealth.apply(PATIENCE)) {
            case WRITABLE -> new ReadinessPart("database", true, "answers");
            case READ_ONLY ->
                new ReadinessPart(
                        "database", false, "read-only: it rejects writes; every write tries a new connection");
            case UNREACHABLE -> new ReadinessPart("database", false, problem());
        };
    }

    private String problem() {
        return changedFile
                .get()
                .map(reason -> reason + ". Stop the server, restore the file, and start it again")
                .orElse("not responding; every request tries again");
    }
}
