package dev.onward.server.http.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.InterceptedStore;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.web.OnwardWeb;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests while the database hangs, and while the server stops. */
class OverloadTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final TestServer server =
            TestServer.withStore(DatabaseKind.SQLITE, real -> new InterceptedStore(real, this::block));

    private boolean block() {
        running.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    @Test
    void requestsDoNotPileUpBehindAHangingDatabase() throws Exception {
        try (server;
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ApiResponse>> waiting = IntStream.range(0, OnwardWeb.MAX_ACTIVE_REQUESTS)
                    .mapToObj(i -> clients.submit(() -> server.api().start().send()))
                    .toList();
            await().until(() -> running.get() == OnwardWeb.MAX_ACTIVE_REQUESTS);
            ApiResponse rejected = server.api().start().expectProblem(503, "busy");
            assertThat(rejected.header("Retry-After")).isPresent();
            server.api().get("/health/live").ok();
            server.api().get("/health/ready").ok();
            server.api().get("/onboarding").ok();
            release.countDown();
            for (Future<ApiResponse> reply : waiting) {
                reply.get().is(200);
            }
            server.api().start().ok();
        }
    }

    @Test
    void incompleteBodiesDoNotBlockOtherRequests() throws Exception {
        release.countDown();
        List<Socket> unfinished = new ArrayList<>();
        try (server) {
            for (int i = 0; i <= OnwardWeb.MAX_ACTIVE_REQUESTS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                unfinished.add(socket);
                socket.getOutputStream()
                        .write(String.join(
                                        "\r\n",
                                        "POST /api/onboarding/start HTTP/1.1",
                                        "Host: localhost",
                                        "Content-Type: application/json",
                                        "Content-Length: 20",
                                        "",
                                        "{")
                                .getBytes(StandardCharsets.UTF_8));
            }
            server.api().start().ok();
            for (Socket socket : unfinished) {
                socket.close();
            }
        }
    }

    @Test
    void finishesPendingRequestsWhenTheServerStops() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.api().get("/health/live").ok();
            Future<ApiResponse> last = threads.submit(() -> server.api().start().send());
            await().until(() -> running.get() == 1);
            Future<?> closing = threads.submit(server::close);
            await().untilAsserted(() -> assertThatThrownBy(() -> new RawHttp(server.port()).send("GET / HTTP/1.1"))
                    .isInstanceOf(UncheckedIOException.class));
            assertThat(closing.isDone()).isFalse();
            release.countDown();
            last.get().is(200);
            closing.get();
        }
    }
}
