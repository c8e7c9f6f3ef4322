package dev.onward.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/**
 * Processes many sessions in batches, several of them at once.
 *
 * @param threads the prefix of the threads' names
 * @param size the maximum number of sessions in a batch
 * @param atOnce the number of batches at once; 1 runs them on the caller's own thread, which may be interrupted
 */
public record ConcurrentBatches(String threads, int size, int atOnce) {

    /**
     * Returns when all batches have ended. If one fails while others run, the rest is processed nevertheless.
     *
     * @return the sum of the results of all batches
     * @throws RuntimeException the failure of the first batch that failed
     */
    public int sum(List<String> ids, ToIntFunction<List<String>> process) {
        List<List<String>> batches = batches(ids);
        if (atOnce == 1) {
            return batches.stream().mapToInt(process).sum();
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(
                atOnce, Thread.ofVirtual().name(threads, 1).factory())) {
            List<CompletableFuture<Integer>> results = batches.stream()
                    .map(batch -> CompletableFuture.supplyAsync(() -> process.applyAsInt(batch), workers))
                    .toList();
            return results.stream().mapToInt(ConcurrentBatches::result).sum();
        }
    }

    private static int result(CompletableFuture<Integer> batch) {
        try {
            return batch.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += size) {
            batches.add(ids.subList(i, Math.min(i + size, ids.size())));
        }
        return batches;
    }
}
