package dev.onward.server.process.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A client that retries under the same key until it gets a response, however often the server is killed. */
public final class RetryingClient implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;
    private static final String REPLAY_HEADER = "Idempotency-Replayed";

    private final AtomicReference<CompletableFuture<HttpApi>> server = new AtomicReference<>(new CompletableFuture<>());
    private final ConcurrentLinkedQueue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final Semaphore answers = new Semaphore(0);
    private final AtomicInteger retries = new AtomicInteger();

    /** A request and its response. */
    public record Exchange(String path, Map<String, ?> body, List<String> headers, HttpApi.HttpReply answer) {

        /** What a retry must return, byte for byte. */
        public List<String> responseLines() {
            return responseLines(answer);
        }

        public static List<String> responseLines(HttpApi.HttpReply answer) {
            var headers = answer.response().headers();
            return List.of(
                    String.valueOf(answer.status()),
                    answer.response().body(),
                    headers.firstValue("ETag").orElse(""),
                    headers.firstValue("Set-Cookie").orElse(""));
        }
    }

    /** Sends requests to this server from now on. */
    public void connectTo(ServerProcess process) {
        server.get().complete(new HttpApi(process.address()));
    }

    /** Waits for the next server from now on. */
    public void disconnect() {
        server.set(new CompletableFuture<>());
    }

    /** Sends a request until it is answered. */
    public HttpApi.HttpReply post(String path, Map<String, ?> body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Idempotency-Key", UUID.randomUUID().toString()));
        HttpApi.HttpReply answer = awaitReply(path, body, all);
        assertThat(answer.status()).as(() -> answer.response().body()).isEqualTo(200);
        exchanges.add(new Exchange(path, body, List.copyOf(all), answer));
        answers.release();
        return answer;
    }

    private HttpApi.HttpReply awaitReply(String path, Map<String, ?> body, List<String> headers) {
        while (true) {
            try {
                HttpApi.HttpReply answer = server().post(path, body, headers.toArray(String[]::new));
                if (!isRetryable(answer)) {
                    return answer;
                }
            } catch (IOException e) {
                // The server is gone, and the outcome of the request is unknown.
            }
            retries.incrementAndGet();
        }
    }

    private HttpApi server() {
        try {
            return server.get().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no server in time", e);
        }
    }

    /** Whether to retry: unfinished work of the killed server may block the next one for a moment. */
    private static boolean isRetryable(HttpApi.HttpReply answer) {
        return answer.status() == 503 || answer.text("code").equals("request_running");
    }

    /** Waits for this many more responses. */
    public void awaitAnswers(int number) {
        try {
            assertThat(answers.tryAcquire(number, TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("answers in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All requests with a response, oldest first. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** The number of retries. */
    public int retries() {
        return retries.get();
    }

    /** Repeats a request and asserts that the response is the same. */
    public void assertSameResponse(Exchange before) {
        HttpApi.HttpReply again = awaitReply(before.path(), before.body(), before.headers());
        assertThat(Exchange.responseLines(again)).isEqualTo(before.responseLines());
        assertThat(again.response().headers().firstValue(REPLAY_HEADER)).contains("true");
    }

    @Override
    public void close() {
        server().close();
    }
}
