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

    /**
     * Runs work that writes by one statement, or in one transaction where it takes several.
     *
     * @throws CommitFailed where the commit failed, or the statement, which commits by itself
     */
    <T> T writeAtOnce(Work<T> work) throws SQLException, CommitFailed;

    @Override
    void close();

    /** A commit was sent, by itself or with a statement, and did not answer well. */
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
