package dev.onward.web.access;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.util.Optional;

/** Whom the server trusts, and the operator's key. */
public record AccessPolicy(Mode mode, OperatorKey key, TrustedProxies proxies) {
    private static final String BEARER = "Bearer ";

    /** Trusts the proxies of this machine. */
    public AccessPolicy(Mode mode, OperatorKey key) {
        this(mode, key, TrustedProxies.LOOPBACK);
    }

    /** Whether the client used HTTPS, according to this server or to a trusted proxy. */
    public boolean overHttps(Request request) {
        return request.secure()
                || (request.peer().filter(proxies::trust).isPresent() && ForwardedProtocol.isHttps(request));
    }

    /** Whether the request has the operator's key. */
    public boolean isOperator(Request request) {
        return bearer(request).filter(key::matches).isPresent();
    }

    /** The token in the Authorization header. */
    private static Optional<String> bearer(Request request) {
        return request.firstHeader("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    /** @throws ApiException if the request does not carry the operator key */
    public void requireOperator(Request request) {
        if (!key.known()) {
            throw new ApiException(
                    ProblemCode.OPERATOR_KEY_REQUIRED,
                    "This call requires the operator key, and the server has none. Start it with ONWARD_OPERATOR_KEY"
                            + " set to a key of at least " + OperatorKey.MIN_LENGTH + " characters.");
        }
        if (!isOperator(request)) {
            throw new ApiException(
                    ProblemCode.OPERATOR_KEY_REQUIRED,
                    "This call requires the operator key, which is missing or wrong. Send it as \"Authorization: Bearer"
                            + " <key>\".");
        }
    }

    /** In mode local, every caller may name a user; in mode public, only the operator. */
    public void requireRightToNameUser(Request request) {
        switch (mode) {
            case LOCAL -> {}
            case PUBLIC -> requireOperator(request);
        }
    }

    /** Requests without a session are allowed in mode local only. */
    public void requireRightToNameNoSession() {
        switch (mode) {
            case LOCAL -> {}
            case PUBLIC ->
                throw ApiException.sessionRequired(
                        "is missing: on a public server this call requires a session. Start one,"
                                + " then name it with session_id, the header Onboarding-Session or the cookie.");
        }
    }
}
