package dev.onward.jdbc;

import dev.onward.session.OnboardingException;
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
final class Transactions {
    /** How long after a caller came their work is still repeated. The last try may take a second more. */
    static final Duration PATIENCE = Duration.ofMillis(3_500);

    /** The class of SQLSTATE for a violated constraint. */
    private static final String INTEGRITY = "23";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Connections connections;
    private final Dialect dialect;
    private final Semaphore longReads = new Semaphore(LongReads.AT_ONCE, true);

    Transactions(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Permits for {@link LongReads}. */
    Semaphore longReads() {
        return longReads;
    }

    /** Runs work that only reads. */
    <T> T read(Work<T> work) {
        return read(work, System.nanoTime());
    }

    /** The same for a caller who came a while ago. */
    <T> T read(Work<T> work, long since) {
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
    <T> T write(Work<T> work) {
        return write(work, System.nanoTime());
    }

    /** The same for a caller who came a while ago. */
    <T> T write(Work<T> work, long since) {
        return write(work, new Tries(since, false));
    }

    /**
     * The same for work that may have been done by an attempt whose outcome is unknown.
     *
     * @param reason why it is unknown
     */
    <T> T writeAgain(Work<T> work, long since, Throwable reason) {
        if (reason instanceof CommitTimeout) {
            throw new OnboardingException.OutcomeUnknown(reason);
        }
        return write(work, new Tries(since, true));
    }

    private <T> T write(Work<T> work, Tries tries) {
        while (true) {
            try {
                return tries.commitLost ? connections.confirm(work) : connections.write(work);
            } catch (SQLException e) {
                tries.failed(e);
            } catch (Connections.CommitFailed e) {
                tries.commitFailed(e.reason());
            }
        }
    }

    /**
     * Tries once to write with one statement, for what may be left undone.
     *
     * @return false where it failed, or nobody knows
     */
    boolean tryWriting(Work<?> work) {
        try {
            connections.writeAtOnce(work);
            return true;
        } catch (SQLException | Connections.CommitFailed | OnboardingException e) {
            return false;
        }
    }

    /** Tries once to read for some callers. */
    <O> BatchAttempt<O> readTogether(Work<List<O>> work) {
        try {
            return new BatchAttempt.Done<>(connections.read(work));
        } catch (SQLException e) {
            return failed(e);
        }
    }

    /**
     * Tries once to write for some callers, in one transaction, and where the database can do so with one statement.
     *
     * @param work answers those that it served
     */
    <O> BatchAttempt<O> writeTogether(Work<List<Optional<O>>> work) {
        try {
            return new BatchAttempt.Partly<>(connections.writeAtOnce(work));
        } catch (SQLException e) {
            return failed(e);
        } catch (Connections.CommitFailed e) {
            return dialect.fault(e.reason()) == Fault.LOST
                    ? new BatchAttempt.Unknown<>(e.reason())
                    : failed(e.reason());
        }
    }

    /** Tries once to write for some callers, in one transaction of any number of statements. */
    <O> BatchAttempt<O> writeOnce(Work<List<O>> work) {
        try {
            return new BatchAttempt.Done<>(connections.write(work));
        } catch (SQLException e) {
            return failed(e);
        } catch (Connections.CommitFailed e) {
            return new BatchAttempt.Unknown<>(e.reason());
        }
    }

    /** A repeated id is expected in a batch, and what passes by itself too; anything else may be the batch's own fault. */
    private <O> BatchAttempt<O> failed(SQLException e) {
        boolean expected = dialect.fault(e) != Fault.OTHER
                || String.valueOf(e.getSQLState()).startsWith(INTEGRITY);
        return new BatchAttempt.Failed<>(expected ? Optional.empty() : Optional.of(e));
    }

    /** The tries at one piece of work. */
    private final class Tries {
        private final long end;
        private Duration pause = FIRST_PAUSE;
        private boolean commitLost;

        Tries(long since, boolean commitLost) {
            this.end = since + PATIENCE.toNanos();
            this.commitLost = commitLost;
        }

        void commitFailed(SQLException failure) {
            if (failure instanceof CommitTimeout) {
                throw unknown(failure);
            }
            commitLost = commitLost || dialect.fault(failure) == Fault.LOST;
            failed(failure);
        }

        /** Waits before the next try, or gives up. */
        void failed(SQLException failure) {
            boolean passing = switch (dialect.fault(failure)) {
                case BUSY, IN_THE_WAY, LOST -> true;
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
            return failure instanceof DatabaseFileChanged changed
                    ? new OnboardingException.OutcomeUnknown(changed.which(), failure)
                    : new OnboardingException.OutcomeUnknown(failure);
        }

        private OnboardingException told(SQLException failure) {
            if (failure instanceof DatabaseFileChanged changed) {
                return new OnboardingException.StoreUnavailable(changed.which(), failure);
            }
            return switch (dialect.fault(failure)) {
                case BUSY -> new OnboardingException.StoreBusy(failure);
                case IN_THE_WAY, LOST -> new OnboardingException.StoreUnavailable(failure);
                case FULL -> new OnboardingException.StoreFull(failure);
                case OTHER -> new OnboardingException.StoreFailed(failure);
            };
        }
    }
}
