package dev.onward.bench.measurement;

import dev.onward.bench.environment.SessionTable;
import dev.onward.bench.process.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A table of millions of sessions; a tenth of them are abandoned. */
final class BigTable {
    /** The size of a session with its events, K-Block, indexes and WAL. */
    private static final long BYTES_PER_SESSION = 3_000;

    private static final long CHUNK = 250_000;
    private static final int LOADERS = 2;
    private static final String NAME = "onward_big";

    private final SessionTable table;
    private final AtomicLong last;

    private BigTable(SessionTable table) {
        this.table = table;
        this.last = new AtomicLong(table.sessions());
    }

    /** Fills the table without indexes, then creates them. */
    static BigTable fill(BenchEnvironment environment, long sessions) {
        requireRoom(environment, sessions);
        SessionTable table = environment.migrated(NAME, sessions);
        table.run("indexes-off.sql", Map.of());
        List<Runnable> chunks = new ArrayList<>();
        AtomicLong filled = new AtomicLong();
        for (long from = 1; from <= sessions; from += CHUNK) {
            long first = from;
            long end = Math.min(sessions, from + CHUNK - 1);
            chunks.add(() -> {
                table.load(first, end);
                environment.print(
                        String.format("  filled %,d of %,d sessions", filled.addAndGet(end - first + 1), sessions));
            });
        }
        runAll(chunks);
        environment.print("  creating the indexes");
        table.run("indexes-on.sql", Map.of());
        environment.print("  VACUUM ANALYZE");
        table.settle();
        return new BigTable(table);
    }

    private static void requireRoom(BenchEnvironment environment, long sessions) {
        long needed = sessions * BYTES_PER_SESSION;
        try {
            long free = Files.getFileStore(environment.folder()).getUsableSpace();
            environment.print(String.format(
                    "filling %,d sessions: about %d GB, of which %d GB are free",
                    sessions, needed / 1_000_000_000, free / 1_000_000_000));
            if (free < needed) {
                throw new BenchException(
                        "Not enough free space in " + environment.folder().getParent()
                                + ". Choose another folder with --folder, or fewer sessions with --sessions");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runAll(List<Runnable> chunks) {
        try (ExecutorService loaders = Executors.newFixedThreadPool(LOADERS)) {
            List<Future<?>> running = new ArrayList<>();
            chunks.forEach(chunk -> running.add(loaders.submit(chunk)));
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException e) {
                loaders.shutdownNow();
                throw new BenchException("Cannot fill the big table: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                loaders.shutdownNow();
                throw new BenchException("interrupted", e);
            }
        }
    }

    SessionTable table() {
        return table;
    }

    /** The number of sessions that it was filled with. */
    long sessions() {
        return table.sessions();
    }

    /** Adds abandoned sessions until they are a tenth of the table again. */
    void abandon() {
        long missing = table.sessions() / 10 - abandoned();
        if (missing > 0) {
            long from = last.get() + 1;
            table.run("abandoned.sql", Map.of("from", from, "to", last.addAndGet(missing)));
            table.settle();
        }
    }

    long abandoned() {
        return Long.parseLong(table.postgres()
                .sql(
                        table.name(),
                        "SELECT count(*) FROM onboarding_sessions"
                                + " WHERE NOT completed AND created_at < now() - interval '24 hours'"));
    }
}
