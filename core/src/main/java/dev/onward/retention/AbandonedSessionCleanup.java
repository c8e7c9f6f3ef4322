package dev.onward.retention;

import dev.onward.model.CleanupReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Deletes abandoned sessions. The schedule, the endpoint and the command line all call {@link #run}; the SQL function
 * applies the same rule. Thread-safe; several nodes may run it at once.
 */
public final class AbandonedSessionCleanup {
    /** The maximum number of sessions per transaction. */
    static final int BATCH = 500;

    private final RetentionStore store;
    private final Throttle throttle;

    /** A cleanup that is throttled. */
    public AbandonedSessionCleanup(RetentionStore store) {
        this(store, Throttle.DEFAULT);
    }

    public AbandonedSessionCleanup(RetentionStore store, Throttle throttle) {
        this.store = store;
        this.throttle = throttle;
    }

    /**
     * Deletes all abandoned sessions in batches. If one fails, the earlier batches stay deleted. Each batch continues
     * after the previous one, so a session that is being changed is left for the next run. An interrupt ends the run
     * after the current batch.
     *
     * @return the number of deleted sessions, and the cutoff: sessions without a retention of their flow are deleted if
     * they were created and last active before it
     */
    public CleanupReport run(RetentionHours hours) {
        Instant now = store.now();
        int deleted = 0;
        int limit = BATCH * throttle.batches();
        AbandonedSession last = AbandonedSession.BEFORE_ALL;
        while (true) {
            long startedAt = System.nanoTime();
            List<AbandonedSession> chosen = store.abandoned(now, hours, last, limit);
            deleted += delete(chosen.stream().map(AbandonedSession::id).toList(), now, hours);
            if (chosen.size() < limit || !rested(Duration.ofNanos(System.nanoTime() - startedAt))) {
                return new CleanupReport(deleted, hours.value(), now.minus(Duration.ofHours(hours.value())));
            }
            last = chosen.getLast();
        }
    }

    private int delete(List<String> chosen, Instant now, RetentionHours hours) {
        List<List<String>> batches = batches(chosen);
        if (throttle.atOnce() == 1) {
            // On the caller's own thread, which may be interrupted.
            return batches.stream()
                    .mapToInt(batch -> store.delete(batch, now, hours))
                    .sum();
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(
                throttle.atOnce(), Thread.ofVirtual().name("onward-cleanup-", 1).factory())) {
            List<CompletableFuture<Integer>> deletions = batches.stream()
                    .map(batch -> CompletableFuture.supplyAsync(() -> store.delete(batch, now, hours), workers))
                    .toList();
            return deletions.stream().mapToInt(AbandonedSessionCleanup::result).sum();
        }
    }

    private static int result(CompletableFuture<Integer> deletion) {
        try {
            return deletion.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += BATCH) {
            batches.add(ids.subList(i, Math.min(i + BATCH, ids.size())));
        }
        return batches;
    }

    /** @return false if the thread was interrupted */
    private boolean rested(Duration work) {
        try {
            Thread.sleep(throttle.restAfter(work));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
