package dev.onward.server.http;

import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.access.TrustedProxies;

/** Whom the server trusts, and the key that opens the rest. */
public record AccessPolicy(Mode mode, OperatorKey key, TrustedProxies proxies) {

    /** With the proxies of this machine. */
    AccessPolicy(Mode mode, OperatorKey key) {
        this(mode, key, TrustedProxies.LOOPBACK);
    }

    /** Whether the client spoke HTTPS: to this server, or to a trusted proxy that says so. */
    boolean overHttps(Request call) {
        return call.overTls() || (call.peer().filter(proxies::trust).isPresent() && ForwardedProtocol.isHttps(call));
    }

    /** Whether the call brings the operator's key. */
    boolean isOperator(Request call) {
        return call.bearer().filter(key::matches).isPresent();
    }

    void requireOperator(Request call) {
        if (!key.known()) {
            throw new ApiException(
                    ProblemCode.OPERATOR_KEY_REQUIRED,
                    "This server has no operator's key, so this call is disabled. Start it with ONWARD_OPERATOR_KEY set"
                            + " to a key of at least " + OperatorKey.SHORTEST + " characters.");
        }
        if (!isOperator(call)) {
            throw new ApiException(
                    ProblemCode.OPERATOR_KEY_REQUIRED,
                    "The operator's key is missing or wrong. Send it as \"Authorization: Bearer" + " <key>\".");
        }
    }

    /** Naming a user is taken as given in mode local; elsewhere it is the operator's to do. */
    void requireRightToNameUser(Request call) {
        switch (mode) {
            case LOCAL -> {}
            case PUBLIC -> requireOperator(call);
        }
    }

    /** Calls about no session in particular are for mode local. */
    void requireRightToNameNoSession() {
        switch (mode) {
            case LOCAL -> {}
            case PUBLIC ->
                throw new ApiException(
                        ProblemCode.SESSION_REQUIRED,
                        "session_id is missing: on a public server this call requires a session. Start one, then name"
                                + " it"
                                + " by session_id, the header Onboarding-Session or the cookie.");
        }
    }
}
