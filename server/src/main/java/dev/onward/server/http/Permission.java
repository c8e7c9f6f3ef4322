package dev.onward.server.http;

/** Who may call a route. */
enum Permission {
    /** Whoever reaches the server. What naming a user takes, or naming no session, the handler says. */
    ANYONE,
    /** Whoever names the session that the thing belongs to, which the handler compares; and the operator. */
    OWNER,
    /** The operator; all others are told to bring the key. */
    OPERATOR,
    /** The operator; all others are told that there is no such profile. */
    OPERATOR_HIDDEN,
    /** Whoever is on this machine, where only this machine reaches the server and it is local; else the operator. */
    LOCAL_ONLY
}
