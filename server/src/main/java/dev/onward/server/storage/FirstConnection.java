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
 * Waits for the first connection to PostgreSQL, and logs the reason every few seconds. A permanent failure, such as a
 * wrong password, ends the wait at once.
 */
final class FirstConnection {
    static final Duration LINE_EVERY = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** The time for one attempt, even without retries, because a busy machine is slow. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    private final DatabaseUrl.Postgres url;
    private final PoolerCheck.Opener opener;
    private final Duration logInterval;
    private final Consumer<String> lines;
    private final long start = System.nanoTime();
    private String logged = "";
    private long loggedAt = start;

    /**
     * @param opener makes one attempt
     * @param logInterval how often to log an unchanged reason
     * @param lines receives the log lines
     */
    FirstConnection(DatabaseUrl.Postgres url, PoolerCheck.Opener opener, Duration logInterval, Consumer<String> lines) {
        this.url = url;
        this.opener = opener;
        this.logInterval = logInterval;
        this.lines = lines;
    }

    /**
     * Connects; the caller closes the connection.
     *
     * @param wait how long to retry
     * @throws StorageException with the last reason
     */
    Connection await(Duration wait) {
        ConnectionFailure failure = ConnectionFailure.noAnswer(url);
        while (true) {
            CompletableFuture<Connection> attempt = attempt();
            try {
                Connection connection = answer(attempt, wait);
                if (!logged.isEmpty()) {
                    lines.accept("PostgreSQL at " + url + " answers");
                }
                return connection;
            } catch (TimeoutException e) {
                CompletableFuture<Void> _ = attempt.thenAccept(PostgresConnector::closeQuietly);
                throw new StorageException(failure.problem(), e);
            } catch (ExecutionException e) {
                failure = failure(e);
                if (!failure.temporary() || passed().compareTo(wait) >= 0) {
                    throw new StorageException(failure.problem(), e);
                }
                log(failure, wait);
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

    /** Waits for one attempt, and logs every few seconds. */
    private Connection answer(CompletableFuture<Connection> attempt, Duration wait)
            throws ExecutionException, TimeoutException {
        Duration limit = wait.compareTo(ATTEMPT_TIMEOUT) > 0 ? wait : ATTEMPT_TIMEOUT;
        while (true) {
            Duration left = limit.minus(passed());
            try {
                return attempt.get(Math.min(left.toNanos(), logInterval.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (!limit.minus(passed()).isPositive()) {
                    throw e;
                }
                log(ConnectionFailure.noAnswer(url), wait);
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

    private void log(ConnectionFailure failure, Duration wait) {
        long now = System.nanoTime();
        if (!failure.reason().equals(logged) || now - loggedAt >= logInterval.toNanos()) {
            logged = failure.reason();
            loggedAt = now;
            long left = Math.max(0, wait.minus(passed()).toSeconds());
            lines.accept("PostgreSQL at " + url + ": " + failure.reason() + ". Trying for " + left + " more seconds");
        }
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
