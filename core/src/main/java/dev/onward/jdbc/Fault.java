package dev.onward.jdbc;

/** What a failure of the database means for what was asked of it. */
enum Fault {
    /** Somebody else was in the way, or the server changes its role: the whole transaction may be repeated. */
    IN_THE_WAY,
    /** The connection is gone, or could not be had. */
    LOST,
    /** There is no room. */
    FULL,
    /** Anything else: repeating would not help. */
    OTHER
}
