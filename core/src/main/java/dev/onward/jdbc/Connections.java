package dev.onward.jdbc;

import java.sql.SQLException;
import java.util.Optional;

/** How a database wants its connections used. Each call is one attempt; {@link Transactions} repeats. */
interface Connections extends AutoCloseable {

    /** Runs work that only reads. */
    <T> T read(Work<T> work) throws SQLException;

    /**
     * Runs work in one transaction and commits it.
     *
     * @throws CommitFailed where the commit itself failed; every other failure has changed nothing
     */
    <T> T write(Work<T> work) throws SQLException, CommitFailed;

    /**
     * The same for work that writes with one statement: where that can be a transaction of its own, it is.
     *
     * @throws CommitFailed where the statement or the commit failed: by its reason it changed nothing, or that is unknown
     */
    default <T> T writeAtOnce(Work<T> work) throws SQLException, CommitFailed {
        return write(work);
    }

    /** What has become of a file of the database that has to stay as it is, for people; empty where all is well. */
    default Optional<String> changedFile() {
        return Optional.empty();
    }

    @Override
    void close();

    /** A commit was sent and did not answer well. */
    final class CommitFailed extends Exception {
        private final SQLException reason;

        CommitFailed(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }
}
