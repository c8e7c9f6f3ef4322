package dev.onward.server.http;

import dev.onward.server.config.Mode;

/** Admits a call to a route, or refuses it. */
final class Gate {
    private final Access access;
    private final boolean neighboursOnly;

    Gate(Access access, Listener listener) {
        this.access = access;
        this.neighboursOnly = access.mode() == Mode.LOCAL && listener.loopback();
    }

    /** @throws Refusal where the caller is none of those who may */
    void admit(Call call, Who who) {
        switch (who) {
            case ANYONE, OWNER -> {}
            case OPERATOR -> access.requireOperator(call);
            case OPERATOR_HIDDEN -> {
                if (!access.isOperator(call)) {
                    throw new Refusal(
                            ProblemCode.PROFILE_NOT_FOUND,
                            "There is no profile here for you. Profiles are read with the operator's key.");
                }
            }
            case NEIGHBOUR -> {
                if (!neighboursOnly) {
                    access.requireOperator(call);
                }
            }
        }
    }
}
