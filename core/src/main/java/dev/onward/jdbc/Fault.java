package dev.onward.jdbc;

/** What a failure of the database means for what was asked of it. */
enum Fault {
    /** The database answers, but a lock or every connection is taken: the whole transaction may be repeated. */
    BUSY,
    /** The server changes its role: the whole transaction may be repeated. */
    IN_THE_WAY,
    /** The connection is gone, or could not be had. */
    LOST,
    /** There is no room. */
    FULL,
    /** Anything else: repeating would not help. */
    OTHER
}
