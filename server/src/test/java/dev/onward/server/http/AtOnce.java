package dev.onward.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Requests that are sent at the same moment. */
final class AtOnce {
    private AtOnce() {}

    /** What each of so many was answered, in their order. */
    static List<Reply> send(int number, IntFunction<Api.Request> requests) throws Exception {
        CyclicBarrier ready = new CyclicBarrier(number);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> sent = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                Api.Request request = requests.apply(i);
                sent.add(threads.submit(() -> {
                    ready.await();
                    return request.send();
                }));
            }
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : sent) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
