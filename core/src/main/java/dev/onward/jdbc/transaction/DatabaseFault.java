package dev.onward.jdbc.transaction;

/** What a failure of the database means for what was asked of it. */
public enum DatabaseFault {
    /** The database answers, but somebody else holds a lock: the whole transaction may be repeated. */
    BUSY,
    /** The database answers, but every connection is in use: the whole transaction may be repeated. */
    CONNECTIONS_IN_USE,
    /** The server changes its role: the whole transaction may be repeated. */
    ROLE_CHANGE,
    /** The connection is gone, or could not be had. */
    LOST,
    /** There is no room. */
    FULL,
    /** Anything else: repeating would not help. */
    OTHER
}
