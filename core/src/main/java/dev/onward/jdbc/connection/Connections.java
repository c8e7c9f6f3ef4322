package dev.onward.jdbc.connection;

import java.sql.SQLException;
import java.util.Optional;

/** How a database wants its connections used. Each call is one attempt; {@code Transactions} repeats. */
public interface Connections extends AutoCloseable {

    /** Runs work that only reads. */
    <T> T read(ConnectionCallback<T> work) throws SQLException;

    /**
     * Runs work in one transaction and commits it.
     *
     * @throws CommitFailedException where the commit itself failed; every other failure has changed nothing
     */
    <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException;

    /**
     * The same for work that writes with one statement: where that can be a transaction of its own, it is.
     *
     * @throws CommitFailedException where the statement or the commit failed: by its reason it changed nothing, or that is unknown
     */
    default <T> T writeAtOnce(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        return write(work);
    }

    /**
     * The same as {@link #write} for work that an earlier attempt may have done: its commit also answers for that attempt,
     * even if the work finds nothing left to write.
     */
    default <T> T confirm(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        return write(work);
    }

    /** Commits that took too long; empty if the database has no standbys that a commit could wait for. */
    default Optional<AbandonedCommits> abandonedCommits() {
        return Optional.empty();
    }

    /** What has become of a file of the database that has to stay as it is, for people; empty where all is well. */
    default Optional<String> changedFile() {
        return Optional.empty();
    }

    @Override
    void close();

    /** A commit was sent and did not answer well. */
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
