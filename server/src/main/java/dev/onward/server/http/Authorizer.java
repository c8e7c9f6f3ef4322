package dev.onward.server.http;

import dev.onward.web.access.Mode;

/** Admits a call to a route, or refuses it. */
final class Authorizer {
    private final AccessPolicy access;
    private final boolean neighboursOnly;

    Authorizer(AccessPolicy access, Listener listener) {
        this.access = access;
        this.neighboursOnly = access.mode() == Mode.LOCAL && listener.loopback();
    }

    /** @throws ApiException where the caller is none of those who may */
    void admit(Request call, Permission who) {
        switch (who) {
            case ANYONE, OWNER -> {}
            case OPERATOR -> access.requireOperator(call);
            case OPERATOR_HIDDEN -> {
                if (!access.isOperator(call)) {
                    throw new ApiException(
                            ProblemCode.PROFILE_NOT_FOUND,
                            "Profile not found. Reading profiles requires the operator's key.");
                }
            }
            case LOCAL_ONLY -> {
                if (!neighboursOnly) {
                    access.requireOperator(call);
                }
            }
        }
    }
}
