package dev.onward.jdbc.transaction;

/** The kind of a database failure. */
public enum DatabaseFault {
    /** The database responds, but another transaction holds a lock: the transaction may be retried. */
    BUSY,
    /** The database responds, but every connection is in use: the transaction may be retried. */
    CONNECTIONS_IN_USE,
    /** The server is changing its role: the transaction may be retried. */
    ROLE_CHANGE,
    /** The connection is lost, or could not be opened. */
    LOST,
    /** The disk is full. */
    FULL,
    /** Anything else: a retry would not help. */
    OTHER
}
