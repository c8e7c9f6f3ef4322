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
 * Repeats work that failed for a passing reason, for a few seconds at most, and says truthfully what became of it.
 * Thread-safe.
 */
public final class Transactions {
    /** How long after a caller came their work is still repeated. The last try may take a second more. */
    public static final Duration PATIENCE = Duration.ofMillis(3_500);

    /** The class of SQLSTATE for a violated constraint. */
    private static final String INTEGRITY = "23";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Connections connections;
    private final Dialect dialect;
    private final Duration patience;
    private final Semaphore longReads = new Semaphore(LongReads.AT_ONCE, true);

    public Transactions(Connections connections, Dialect dialect) {
        this(connections, dialect, PATIENCE);
    }

    private Transactions(Connections connections, Dialect dialect, Duration patience) {
        this.connections = connections;
        this.dialect = dialect;
        this.patience = patience;
    }

    /**
     * Works inside a transaction that the caller began and will end. Nothing is repeated: what made a statement fail often
     * lasts until the transaction ends.
     *
     * @param entering a statement before each piece of work; its settings are put back; may be empty
     */
    public static Transactions within(Connection connection, Dialect dialect, String entering) {
        return new Transactions(new CallerConnections(connection, dialect, entering), dialect, Duration.ZERO);
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

    /** The same for a caller who came a while ago. */
    public <T> T read(ConnectionCallback<T> work, long since) {
        Tries tries = new Tries(since, false);
        while (true) {
            try {
                return connections.read(work);
            } catch (SQLException e) {
                tries.failed(e);
            }
        }
    }

    /** Runs work in a transaction; work that is repeated after a lost commit has to recognise what it did itself. */
    public <T> T write(ConnectionCallback<T> work) {
        return write(work, System.nanoTime());
    }

    /** The same for a caller who came a while ago. */
    public <T> T write(ConnectionCallback<T> work, long since) {
        return write(work, new Tries(since, false));
    }

    /**
     * The same for work that may have been done by an attempt whose outcome is unknown.
     *
     * @param reason why it is unknown
     */
    public <T> T writeAgain(ConnectionCallback<T> work, long since, Throwable reason) {
        if (reason instanceof CommitTimeout) {
            throw new OnboardingException.OutcomeUnknown(reason);
        }
        return write(work, new Tries(since, true));
    }

    private <T> T write(ConnectionCallback<T> work, Tries tries) {
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
     * Tries once to write with one statement, for what may be left undone.
     *
     * @return false where it failed, or nobody knows
     */
    public boolean tryWriting(ConnectionCallback<?> work) {
        try {
            connections.writeAtOnce(work);
            return true;
        } catch (SQLException | Connections.CommitFailedException | OnboardingException e) {
            return false;
        }
    }

    /** Tries once to read for some callers. */
    public <O> BatchResult<O> readTogether(ConnectionCallback<List<O>> work) {
        try {
            return new BatchResult.AllDone<>(connections.read(work));
        } catch (SQLException e) {
            return failed(e);
        }
    }

    /**
     * Tries once to write for some callers, in one transaction, and where the database can do so with one statement.
     *
     * @param work answers those that it served
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

    /** Tries once to write for some callers, in one transaction of any number of statements. */
    public <O> BatchResult<O> writeOnce(ConnectionCallback<List<O>> work) {
        try {
            return new BatchResult.AllDone<>(connections.write(work));
        } catch (SQLException e) {
            return failed(e);
        } catch (Connections.CommitFailedException e) {
            return new BatchResult.OutcomeLost<>(e.reason());
        }
    }

    /** A repeated id is expected in a batch, and what passes by itself too; anything else may be the batch's own fault. */
    private <O> BatchResult<O> failed(SQLException e) {
        boolean expected = dialect.fault(e) != DatabaseFault.OTHER
                || String.valueOf(e.getSQLState()).startsWith(INTEGRITY);
        return new BatchResult.NoneDone<>(expected ? Optional.empty() : Optional.of(e));
    }

    /** The tries at one piece of work. */
    private final class Tries {
        private final long end;
        private Duration pause = FIRST_PAUSE;
        private boolean commitLost;

        Tries(long since, boolean commitLost) {
            this.end = since + patience.toNanos();
            this.commitLost = commitLost;
        }

        void commitFailed(SQLException failure) {
            if (failure instanceof CommitTimeout) {
                throw unknown(failure);
            }
            commitLost = commitLost || dialect.fault(failure) == DatabaseFault.LOST;
            failed(failure);
        }

        /** Waits before the next try, or gives up. */
        void failed(SQLException failure) {
            boolean passing = switch (dialect.fault(failure)) {
                case BUSY, CONNECTIONS_IN_USE, ROLE_CHANGE, LOST -> true;
                case FULL, OTHER -> false;
            };
            if (!passing
                    || System.nanoTime() - end > 0
                    || Thread.currentThread().isInterrupted()) {
                throw commitLost ? unknown(failure) : told(failure);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos()));
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }

        private OnboardingException unknown(SQLException failure) {
            return failure instanceof DatabaseFileChangedException changed
                    ? new OnboardingException.OutcomeUnknown(changed.which(), failure)
                    : new OnboardingException.OutcomeUnknown(failure);
        }

        private OnboardingException told(SQLException failure) {
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
