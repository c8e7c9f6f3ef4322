package dev.onward.jdbc.transaction;

/** The transaction that is open on a connection which a data source has just returned. */
public enum OpenTransaction {
    /** No transaction. */
    NONE,
    /** A transaction that has written nothing, or whose writes the database cannot report. */
    UNWRITTEN,
    /** A transaction that has written, or has failed. */
    WRITTEN
}
