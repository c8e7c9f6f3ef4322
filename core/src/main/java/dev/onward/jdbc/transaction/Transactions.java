package dev.onward.jdbc.transaction;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.BusyReason;
import dev.onward.model.OnboardingException.StoreBusy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Retries work that failed for a temporary reason, for a few seconds at most, and reports the true outcome.
 * Thread-safe.
 */
public final class Transactions {
    /** How long after a call's arrival its work is still retried. The last attempt may take a second more. */
    public static final Duration RETRY_TIME = Duration.ofMillis(3_500);

    /** The SQLSTATE class of violated constraints. */
    private static final String INTEGRITY = "23";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration MAX_PAUSE = Duration.ofMillis(250);

    private final Connections connections;
    private final Dialect dialect;
    private final Duration retryTime;
    private final Semaphore longReads = new Semaphore(LongReads.MAX_CONCURRENT, true);

    public Transactions(Connections connections, Dialect dialect) {
        this(connections, dialect, RETRY_TIME);
    }

    private Transactions(Connections connections, Dialect dialect, Duration retryTime) {
        this.connections = connections;
        this.dialect = dialect;
        this.retryTime = retryTime;
    }

    /**
     * Works inside a transaction that the caller began and will end. Nothing is retried, because the cause of a failure
     * often lasts until the transaction ends.
     *
     * @param setup a statement to run before each piece of work; its settings are restored; may be empty
     */
    public static Transactions within(Connection connection, Dialect dialect, String setup) {
        return new Transactions(new CallerConnections(connection, dialect, setup), dialect, Duration.ZERO);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Permits for {@link LongReads}. */
    Semaphore longReads() {
        return longReads;
    }

    /** Runs work that only reads. */
    public <T> T read(ConnectionCallback<T> work) {
        return read(work, System.nanoTime());
    }

    /**
     * Runs work that only reads.
     *
     * @param since when the call arrived, by {@link System#nanoTime}
     */
    public <T> T read(ConnectionCallback<T> work, long since) {
        Attempts tries = new Attempts(since, false);
        while (true) {
            try {
                return connections.read(work);
            } catch (SQLException e) {
                tries.failed(e);
            }
        }
    }

    /** Runs work in a transaction. After a lost commit it runs again, so it must recognise its own earlier effects. */
    public <T> T write(ConnectionCallback<T> work) {
        return write(work, System.nanoTime());
    }

    /**
     * Runs work in a transaction.
     *
     * @param since when the call arrived, by {@link System#nanoTime}
     */
    public <T> T write(ConnectionCallback<T> work, long since) {
        return write(work, new Attempts(since, false));
    }

    /**
     * Runs work that an earlier attempt with unknown outcome may have done.
     *
     * @param reason why the outcome is unknown
     */
    public <T> T writeAgain(ConnectionCallback<T> work, long since, Throwable reason) {
        if (reason instanceof CommitTimeout) {
            throw new OnboardingException.OutcomeUnknown(reason);
        }
        return write(work, new Attempts(since, true));
    }

    private <T> T write(ConnectionCallback<T> work, Attempts tries) {
        while (true) {
            try {
                return tries.commitLost ? connections.confirm(work) : connections.write(work);
            } catch (SQLException e) {
                tries.failed(e);
            } catch (Connections.CommitFailedException e) {
                tries.commitFailed(e.reason());
            }
        }
    }

    /**
     * Tries once to write with one statement. For optional writes.
     *
     * @return false if it failed, or if the outcome is unknown
     */
    public boolean tryWrite(ConnectionCallback<?> work) {
        try {
            connections.writeAtOnce(work);
            return true;
        } catch (SQLException | Connections.CommitFailedException | OnboardingException e) {
            return false;
        }
    }

    /** Tries once to read for several calls. */
    public <O> BatchResult<O> readBatch(ConnectionCallback<List<O>> work) {
        try {
            return new BatchResult.AllDone<>(connections.read(work));
        } catch (SQLException e) {
            return failed(e);
        }
    }

    /**
     * Tries once to write for several calls in one transaction, with one statement if the database supports it.
     *
     * @param work returns a result for each call that it executed
     */
    public <O> BatchResult<O> writeBatch(ConnectionCallback<List<Optional<O>>> work) {
        try {
            return new BatchResult.SomeDone<>(connections.writeAtOnce(work));
        } catch (SQLException e) {
            return failed(e);
        } catch (Connections.CommitFailedException e) {
            return dialect.fault(e.reason()) == DatabaseFault.LOST
                    ? new BatchResult.OutcomeLost<>(e.reason())
                    : failed(e.reason());
        }
    }

    /** Tries once to write for several calls in one transaction with any number of statements. */
    public <O> BatchResult<O> writeOnce(ConnectionCallback<List<O>> work) {
        try {
            return new BatchResult.AllDone<>(connections.write(work));
        } catch (SQLException e) {
            return failed(e);
        } catch (Connections.CommitFailedException e) {
            return new BatchResult.OutcomeLost<>(e.reason());
        }
    }

    /**
     * Duplicate ids and temporary failures are expected in a batch; anything else may be caused by the batch itself.
     */
    private <O> BatchResult<O> failed(SQLException e) {
        boolean expected = dialect.fault(e) != DatabaseFault.OTHER
                || String.valueOf(e.getSQLState()).startsWith(INTEGRITY);
        return new BatchResult.NoneDone<>(expected ? Optional.empty() : Optional.of(e));
    }

    /** The attempts at one piece of work. */
    private final class Attempts {
        private final long end;
        private Duration pause = FIRST_PAUSE;
        private boolean commitLost;

        Attempts(long since, boolean commitLost) {
            this.end = since + retryTime.toNanos();
            this.commitLost = commitLost;
        }

        void commitFailed(SQLException failure) {
            if (failure instanceof CommitTimeout) {
                throw unknown(failure);
            }
            commitLost = commitLost || dialect.fault(failure) == DatabaseFault.LOST;
            failed(failure);
        }

        /** Waits before the next attempt, or throws if there is none. */
        void failed(SQLException failure) {
            boolean passing = switch (dialect.fault(failure)) {
                case BUSY, CONNECTIONS_IN_USE, ROLE_CHANGE, LOST -> true;
                case FULL, OTHER -> false;
            };
            if (!passing
                    || System.nanoTime() - end > 0
                    || Thread.currentThread().isInterrupted()) {
                throw commitLost ? unknown(failure) : exception(failure);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos()));
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
        }

        private OnboardingException unknown(SQLException failure) {
            return failure instanceof DatabaseFileChangedException changed
                    ? new OnboardingException.OutcomeUnknown(changed.which(), failure)
                    : new OnboardingException.OutcomeUnknown(failure);
        }

        private OnboardingException exception(SQLException failure) {
            if (failure instanceof DatabaseFileChangedException changed) {
                return new OnboardingException.StoreUnavailable(changed.which(), failure);
            }
            return switch (dialect.fault(failure)) {
                case BUSY -> new StoreBusy(BusyReason.LOCKED, failure);
                case CONNECTIONS_IN_USE -> new StoreBusy(BusyReason.CONNECTIONS_IN_USE, failure);
                case ROLE_CHANGE, LOST -> new OnboardingException.StoreUnavailable(failure);
                case FULL -> new OnboardingException.StoreFull(failure);
                case OTHER -> new OnboardingException.StoreFailed(failure);
            };
        }
    }
}
