package dev.onward.server.storage;

import dev.onward.server.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Waits for the first connection to PostgreSQL, and says every few seconds what it sees. What does not pass by itself,
 * such as a wrong password, ends the wait at once.
 */
final class FirstConnection {
    static final Duration LINE_EVERY = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A single attempt may take this long, also where nothing is to be waited for: a busy machine is slow. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final DatabaseUrl.Postgres url;
    private final PoolerCheck.Opener opener;
    private final Duration lineEvery;
    private final Consumer<String> lines;
    private final long start = System.nanoTime();
    private String told = "";
    private long toldAt = start;

    /**
     * @param opener makes one attempt
     * @param lineEvery how often to say what is seen, where it stays the same
     * @param lines takes what is seen
     */
    FirstConnection(DatabaseUrl.Postgres url, PoolerCheck.Opener opener, Duration lineEvery, Consumer<String> lines) {
        this.url = url;
        this.opener = opener;
        this.lineEvery = lineEvery;
        this.lines = lines;
    }

    /**
     * Connects; the caller closes the connection.
     *
     * @param wait how long to repeat attempts that fail
     * @throws StorageException saying what was seen last
     */
    Connection await(Duration wait) {
        ConnectionFailure failure = ConnectionFailure.noAnswer(url);
        while (true) {
            CompletableFuture<Connection> attempt = attempt();
            try {
                Connection connection = answer(attempt, wait);
                if (!told.isEmpty()) {
                    lines.accept("PostgreSQL at " + url + " answers");
                }
                return connection;
            } catch (TimeoutException e) {
                CompletableFuture<Void> _ = attempt.thenAccept(PostgresConnector::closeQuietly);
                throw new StorageException(failure.problem(), e);
            } catch (ExecutionException e) {
                failure = failure(e);
                if (!failure.passing() || passed().compareTo(wait) >= 0) {
                    throw new StorageException(failure.problem(), e);
                }
                tell(failure, wait);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private CompletableFuture<Connection> attempt() {
        CompletableFuture<Connection> attempt = new CompletableFuture<>();
        Thread.ofVirtual().name("onward-first-connection").start(() -> {
            try {
                attempt.complete(opener.open());
            } catch (SQLException | RuntimeException e) {
                attempt.completeExceptionally(e);
            }
        });
        return attempt;
    }

    /** Waits for one attempt, with a line every few seconds. */
    private Connection answer(CompletableFuture<Connection> attempt, Duration wait)
            throws ExecutionException, TimeoutException {
        Duration longest = wait.compareTo(ATTEMPT) > 0 ? wait : ATTEMPT;
        while (true) {
            Duration left = longest.minus(passed());
            try {
                return attempt.get(Math.min(left.toNanos(), lineEvery.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (!longest.minus(passed()).isPositive()) {
                    throw e;
                }
                tell(ConnectionFailure.noAnswer(url), wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException("Interrupted while waiting for " + url + ".", e);
            }
        }
    }

    private ConnectionFailure failure(ExecutionException e) {
        if (e.getCause() instanceof SQLException failure) {
            return ConnectionFailure.of(url, failure);
        }
        throw new StorageException("PostgreSQL cannot be used at " + url + ": " + e.getCause(), e);
    }

    private void tell(ConnectionFailure failure, Duration wait) {
        long now = System.nanoTime();
        if (!failure.seen().equals(told) || now - toldAt >= lineEvery.toNanos()) {
            told = failure.seen();
            toldAt = now;
            long left = Math.max(0, wait.minus(passed()).toSeconds());
            lines.accept("PostgreSQL at " + url + ": " + failure.seen() + ". Trying for " + left + " more seconds");
        }
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
