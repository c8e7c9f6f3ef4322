package dev.onward.jdbc.transaction;

/** What is open on a connection that a data source has just given. */
public enum OpenTransaction {
    /** No transaction. */
    NONE,
    /** A transaction that has written nothing, or of which the database does not say so. */
    UNWRITTEN,
    /** A transaction that has written, or has failed. */
    WRITTEN
}
