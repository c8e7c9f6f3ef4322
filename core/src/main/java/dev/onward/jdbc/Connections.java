package dev.onward.jdbc;

import java.sql.SQLException;

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
