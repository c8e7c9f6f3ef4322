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

/** Whether the server can handle requests, and if not, which part failed. Thread-safe. */
public final class Readiness {
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

    private final Function<Duration, Database.Health> databaseHealth;
    private final Supplier<Optional<String>> changedFile;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final List<Supplier<ReadinessPart>> added = new CopyOnWriteArrayList<>();

    /**
     * @param databaseHealth checks the database within that time
     * @param changedFile the change to a database file that must not change, as the beginning of a sentence; empty if
     * there is none
     */
    public Readiness(Function<Duration, Database.Health> databaseHealth, Supplier<Optional<String>> changedFile) {
        this.databaseHealth = databaseHealth;
        this.changedFile = changedFile;
    }

    /** The current state of every part. */
    public List<ReadinessPart> parts() {
        List<ReadinessPart> parts = new ArrayList<>(List.of(server(), database()));
        added.forEach(part -> parts.add(part.get()));
        return List.copyOf(parts);
    }

    /** Adds a part, which is checked every time. */
    public void add(Supplier<ReadinessPart> part) {
        added.add(part);
    }

    /** Makes the server not ready, because it is about to stop. */
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
        return switch (databaseHealth.apply(CHECK_TIMEOUT)) {
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
