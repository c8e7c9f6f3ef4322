package dev.onward.jdbc.connection;

import java.sql.SQLException;
import java.util.Optional;

/** How connections of a database are used. Each call is one attempt; {@code Transactions} retries. */
public interface Connections extends AutoCloseable {

    /** Runs work that only reads. */
    <T> T read(ConnectionCallback<T> work) throws SQLException;

    /**
     * Runs work in one transaction and commits it.
     *
     * @throws CommitFailedException if the commit itself failed; all other exceptions mean that nothing has changed
     */
    <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException;

    /**
     * Runs work that writes with one statement, without an explicit transaction if possible.
     *
     * @throws CommitFailedException if the statement or the commit failed: depending on the reason, nothing has changed
     *     or the outcome is unknown
     */
    default <T> T writeAtOnce(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        return write(work);
    }

    /**
     * Does the same as {@link #write} for work that an earlier attempt may have done. The commit also confirms that
     * attempt, even if the work finds nothing left to write.
     */
    default <T> T confirm(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        return write(work);
    }

    /** Commits that took too long; empty if the database has no standbys that a commit could wait for. */
    default Optional<AbandonedCommits> abandonedCommits() {
        return Optional.empty();
    }

    /** How a file of the database has changed that must not change, for people; empty if none has. */
    default Optional<String> changedFile() {
        return Optional.empty();
    }

    @Override
    void close();

    /** A commit was sent and did not succeed. */
    final class CommitFailedException extends Exception {
        private final SQLException reason;

        public CommitFailedException(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        public SQLException reason() {
            return reason;
        }
    }
}
