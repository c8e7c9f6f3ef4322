package dev.onward.server.process;

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

/** A client that asks again under the same key until it is answered, however often the server is killed. */
final class Steadfast implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String REPLAYED = "Idempotency-Replayed";

    private final AtomicReference<CompletableFuture<Api>> server = new AtomicReference<>(new CompletableFuture<>());
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
    private final Semaphore answers = new Semaphore(0);
    private final AtomicInteger repeats = new AtomicInteger();

    /** A request and what was answered to it. */
    record Told(String path, Map<String, ?> body, List<String> headers, Api.Answer answer) {

        /** What a repeat has to answer, to the byte. */
        List<String> words() {
            return words(answer);
        }

        static List<String> words(Api.Answer answer) {
            var headers = answer.response().headers();
            return List.of(
                    String.valueOf(answer.status()),
                    answer.response().body(),
                    headers.firstValue("ETag").orElse(""),
                    headers.firstValue("Set-Cookie").orElse(""));
        }
    }

    /** From now on asks this server. */
    void reach(ServerProcess process) {
        server.get().complete(new Api(process.address()));
    }

    /** From now on waits for the next server. */
    void lose() {
        server.set(new CompletableFuture<>());
    }

    /** Has something done once. */
    Api.Answer post(String path, Map<String, ?> body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Idempotency-Key", UUID.randomUUID().toString()));
        Api.Answer answer = untilAnswered(path, body, all);
        assertThat(answer.status()).as(() -> answer.response().body()).isEqualTo(200);
        told.add(new Told(path, body, List.copyOf(all), answer));
        answers.release();
        return answer;
    }

    private Api.Answer untilAnswered(String path, Map<String, ?> body, List<String> headers) {
        while (true) {
            try {
                Api.Answer answer = server().post(path, body, headers.toArray(String[]::new));
                if (!worthARepeat(answer)) {
                    return answer;
                }
            } catch (IOException e) {
                // The server is gone; nobody knows what became of the request.
            }
            repeats.incrementAndGet();
        }
    }

    private Api server() {
        try {
            return server.get().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no server in time", e);
        }
    }

    /** What the server that was killed had begun may stand in the way of the next one for a moment. */
    private static boolean worthARepeat(Api.Answer answer) {
        return answer.status() == 503 || answer.text("code").equals("request_running");
    }

    /** Waits until so many more answers have come. */
    void awaitAnswers(int number) {
        try {
            assertThat(answers.tryAcquire(number, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("answers in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All that was answered, the latest last. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** How often a request had to be sent again. */
    int repeats() {
        return repeats.get();
    }

    /** Sends what was answered once more. */
    void isToldTheSame(Told before) {
        Api.Answer again = untilAnswered(before.path(), before.body(), before.headers());
        assertThat(Told.words(again)).isEqualTo(before.words());
        assertThat(again.response().headers().firstValue(REPLAYED)).contains("true");
    }

    @Override
    public void close() {
        server().close();
    }
}
