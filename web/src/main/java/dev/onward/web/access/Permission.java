package dev.onward.web.access;

/** Who may call a route. */
public enum Permission {
    /** Every caller. The handler checks what naming a user, or no session, requires. */
    ANYONE,
    /** Callers that name the session of the resource, which the handler checks; and the operator. */
    OWNER,
    /** The operator; others get 401 {@code operator_key_required}. */
    OPERATOR,
    /** The operator; others get 404 {@code profile_not_found}. */
    OPERATOR_HIDDEN,
    /** Every caller if only this machine can reach the server and it is in mode local; otherwise the operator. */
    LOCAL_ONLY
}
