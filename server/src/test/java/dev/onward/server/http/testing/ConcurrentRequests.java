package dev.onward.server.http.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Sends requests at the same moment. */
public final class ConcurrentRequests {
    private ConcurrentRequests() {}

    /** The responses, in the order of their requests. */
    public static List<ApiResponse> send(int number, IntFunction<ApiClient.ApiRequest> requests) throws Exception {
        CyclicBarrier ready = new CyclicBarrier(number);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ApiResponse>> sent = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                ApiClient.ApiRequest request = requests.apply(i);
                sent.add(threads.submit(() -> {
                    ready.await();
                    return request.send();
                }));
            }
            List<ApiResponse> replies = new ArrayList<>();
            for (Future<ApiResponse> reply : sent) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
