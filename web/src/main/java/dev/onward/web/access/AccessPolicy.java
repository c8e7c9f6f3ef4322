package dev.onward.web.access;

import dev.onward.web.http.Request;
import dev.onward.web.jwt.TokenRejectedException;
import dev.onward.web.jwt.TokenUser;
import dev.onward.web.jwt.VerifiedTokens;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom the server trusts, and the operator's key.
 *
 * @param tokens verifies the tokens of identity providers; empty if none is configured
 * @param cors the other origins whose pages may call the API
 */
public record AccessPolicy(
        Mode mode, OperatorKey key, TrustedProxies proxies, Optional<VerifiedTokens> tokens, CorsPolicy cors) {
    private static final String BEARER = "Bearer ";

    /** A JWT has three parts. No other credential that this server knows contains dots. */
    private static final Pattern TOKEN = Pattern.compile("[^.]+\\.[^.]+\\.[^.]*");

    /** Accepts no tokens and no other origins. */
    public AccessPolicy(Mode mode, OperatorKey key, TrustedProxies proxies) {
        this(mode, key, proxies, Optional.empty(), CorsPolicy.NONE);
    }

    /** Trusts the proxies of this machine, and accepts no tokens and no other origins. */
    public AccessPolicy(Mode mode, OperatorKey key) {
        this(mode, key, TrustedProxies.LOOPBACK);
    }

    /** Whether the client used HTTPS, according to this server or to a trusted proxy. */
    public boolean overHttps(Request request) {
        return request.secure()
                || (request.peer().filter(proxies::trust).isPresent() && ForwardedProtocol.isHttps(request));
    }

    /**
     * Who sends the request. A credential that is neither the operator key nor a token counts as none.
     *
     * @throws ApiException if the request has a token that is not valid here
     */
    public Caller caller(Request request) {
        return bearer(request).map(this::caller).orElseGet(Caller.Anonymous::new);
    }

    private Caller caller(String credential) {
        if (key.matches(credential)) {
            return new Caller.OperatorRole();
        }
        return tokens.isPresent() && TOKEN.matcher(credential).matches()
                ? user(tokens.get(), credential)
                : new Caller.Anonymous();
    }

    private static Caller user(VerifiedTokens tokens, String token) {
        try {
            TokenUser user = tokens.verify(token);
            return user.operator() ? new Caller.OperatorRole() : new Caller.SignedIn(user.userId());
        } catch (TokenRejectedException e) {
            throw new ApiException(code(e.reason()), String.valueOf(e.getMessage()));
        }
    }

    private static ProblemCode code(TokenRejectedException.Reason reason) {
        return switch (reason) {
            case INVALID -> ProblemCode.TOKEN_INVALID;
            case EXPIRED -> ProblemCode.TOKEN_EXPIRED;
            case WRONG_AUDIENCE -> ProblemCode.WRONG_AUDIENCE;
            case WITHOUT_SUBJECT -> ProblemCode.TOKEN_WITHOUT_SUBJECT;
            case KEY_UNKNOWN -> ProblemCode.KEY_UNKNOWN;
            case KEYS_UNAVAILABLE -> ProblemCode.KEYS_UNAVAILABLE;
            case USER_ID_TOO_LONG -> ProblemCode.USER_ID_TOO_LONG;
        };
    }

    /** Whether the request comes from an operator. */
    public boolean isOperator(Request request) {
        return caller(request) instanceof Caller.OperatorRole;
    }

    /** The token in the Authorization header. */
    private static Optional<String> bearer(Request request) {
        return request.firstHeader("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    /** @throws ApiException if the request does not come from an operator */
    public void requireOperator(Request request) {
        if (isOperator(request)) {
            return;
        }
        if (!key.known()) {
            throw new ApiException(
                    ProblemCode.OPERATOR_KEY_REQUIRED,
                    "This call requires the operator key, and the server has none. Start it with ONWARD_OPERATOR_KEY"
                            + " set to a key of at least " + OperatorKey.MIN_LENGTH + " characters.");
        }
        throw new ApiException(
                ProblemCode.OPERATOR_KEY_REQUIRED,
                "This call requires the operator key, which is missing or wrong. Send it as \"Authorization: Bearer"
                        + " <key>\".");
    }

    /**
     * The user whom a request is about: the named one, otherwise the signed-in one. In mode local, every caller may name
     * a user; in mode public, only the operator, and users themselves.
     *
     * @param named the user id in the request, if any
     * @throws ApiException if the caller may not name this user
     */
    public Optional<String> user(Request request, Optional<String> named) {
        Caller caller = caller(request);
        if (named.isEmpty()) {
            return caller.userId();
        }
        boolean itself = caller.userId().equals(named);
        if (mode == Mode.PUBLIC && !itself) {
            if (caller instanceof Caller.SignedIn) {
                throw new ApiException(
                        ProblemCode.ANOTHER_USER, "The request names another user than its token. Leave out user_id.");
            }
            requireOperator(request);
        }
        return named;
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
