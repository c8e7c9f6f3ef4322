package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

/** What becomes of requests while the database hangs, and while the server stops. */
class PressureTest {
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final AtomicInteger underWay = new AtomicInteger();
    private final Site site = Site.behind(DatabaseKind.SQLITE, real -> new StoreUnderTest(real, this::hang));

    private boolean hang() {
        underWay.incrementAndGet();
        try {
            hangs.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    @Test
    void callsDoNotPileUpBehindADatabaseThatHangs() throws Exception {
        try (site;
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> waiting = IntStream.range(0, OnwardWeb.MAX_ACTIVE_REQUESTS)
                    .mapToObj(i -> clients.submit(() -> site.api().start().send()))
                    .toList();
            await().until(() -> underWay.get() == OnwardWeb.MAX_ACTIVE_REQUESTS);
            Reply refused = site.api().start().refused(503, "busy");
            assertThat(refused.header("Retry-After")).isPresent();
            site.api().get("/health/live").ok();
            site.api().get("/health/ready").ok();
            site.api().get("/onboarding").ok();
            hangs.countDown();
            for (Future<Reply> reply : waiting) {
                reply.get().is(200);
            }
            site.api().start().ok();
        }
    }

    @Test
    void bodiesThatDoNotComeToAnEndHoldUpNobodyElse() throws Exception {
        hangs.countDown();
        List<Socket> unfinished = new ArrayList<>();
        try (site) {
            for (int i = 0; i <= OnwardWeb.MAX_ACTIVE_REQUESTS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
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
            site.api().start().ok();
            for (Socket socket : unfinished) {
                socket.close();
            }
        }
    }

    @Test
    void whatIsUnderWayIsFinishedWhenTheServerStops() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            site.api().get("/health/live").ok();
            Future<Reply> last = threads.submit(() -> site.api().start().send());
            await().until(() -> underWay.get() == 1);
            Future<?> closing = threads.submit(site::close);
            await().untilAsserted(() -> assertThatThrownBy(() -> new Raw(site.port()).send("GET / HTTP/1.1"))
                    .isInstanceOf(UncheckedIOException.class));
            assertThat(closing.isDone()).isFalse();
            hangs.countDown();
            last.get().is(200);
            closing.get();
        }
    }
}
