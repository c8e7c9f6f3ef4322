package dev.onward.web.session;

import dev.onward.session.SessionService;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Caller;
import dev.onward.web.access.Mode;
import dev.onward.web.http.SessionCookie;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import dev.onward.web.request.RequestCookie;
import dev.onward.web.request.RoutedRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Protects claimed sessions in mode public: the id alone no longer grants access. The cookie of the claim contains a
 * secret, which an attacker who planted the id in a browser does not have. <p>The secret is derived from the operator's
 * key and a salt. Only its hash is stored, so a repeated request can derive it again.
 */
public final class ClaimSecretGuard {
    private static final String PURPOSE = "claim secret";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SALT_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    /** The salt of a secret that nobody knows. Other salts are hexadecimal. */
    private static final String LOCKED = "locked";

    private final AccessPolicy access;
    private final SessionService sessions;
    private final SecureRandom random = new SecureRandom();

    public ClaimSecretGuard(AccessPolicy access, SessionService sessions) {
        this.access = access;
        this.sessions = sessions;
    }

    /** The secret for a claim; empty in mode local, where the id stays enough. */
    public Optional<ClaimSecret> forClaim(RoutedRequest request) {
        Optional<ClaimSecret> locked = forUser(request);
        return locked.isEmpty() && issues() ? Optional.of(newSecret()) : locked;
    }

    /**
     * A secret that nobody knows, for a session of a signed-in user: it answers only to that user's tokens. Empty if the
     * caller is not signed in, and in mode local.
     */
    public Optional<ClaimSecret> forUser(RoutedRequest request) {
        return access.mode() == Mode.PUBLIC && access.caller(request) instanceof Caller.SignedIn
                ? Optional.of(ClaimSecret.of(LOCKED, random(SECRET_BYTES)))
                : Optional.empty();
    }

    /** Makes a signed-in user's own session answer to that user only. */
    public Onboarding closedToOthers(RoutedRequest request, Onboarding onboarding) {
        Session session = onboarding.session();
        boolean open = session.claimSecret().isEmpty() && isUserOf(request, session);
        return open
                ? forUser(request)
                        .map(secret -> onboarding.with(sessions.renewClaimSecret(session, secret)))
                        .orElse(onboarding)
                : onboarding;
    }

    private boolean isUserOf(RoutedRequest request, Session session) {
        Optional<String> user = access.caller(request).userId();
        return user.isPresent() && user.equals(session.userId());
    }

    private boolean issues() {
        return access.mode() == Mode.PUBLIC && access.key().known();
    }

    /** A check that throws {@link ApiException} if the caller may not use a session. */
    public Consumer<Session> check(RoutedRequest request) {
        return session -> {
            if (!admits(request, session)) {
                throw new ApiException(
                        ProblemCode.CLAIM_PROOF_REQUIRED,
                        "This session belongs to a user, so its id alone does not grant access. Send the user's token, the"
                                + " cookie that the claim set, or the operator key.");
            }
        };
    }

    /** @throws ApiException if the caller may not use the session with this id */
    public void require(RoutedRequest request, String sessionId) {
        if (access.mode() == Mode.PUBLIC) {
            check(request).accept(sessions.find(sessionId));
        }
    }

    /** Whether the caller, who knows the id, may use its session. */
    public boolean admits(RoutedRequest request, String sessionId) {
        return access.mode() == Mode.LOCAL || admits(request, sessions.find(sessionId));
    }

    /** Whether the caller, who knows the id, may use the session. */
    public boolean admits(RoutedRequest request, Session session) {
        return access.mode() == Mode.LOCAL
                || session.claimSecret().isEmpty()
                || presented(request, session.flow(), session.claimSecret().get())
                        .isPresent()
                || isUserOf(request, session)
                || access.isOperator(request);
    }

    /**
     * Whether a caller with access to a session may follow to its successor. The id of an anonymous session is not
     * enough, because others may know it.
     */
    public boolean admitsOver(RoutedRequest request, Session from, Session to) {
        boolean proven = from.claimSecret().isPresent();
        boolean sameUser = from.userId().isPresent() && from.userId().equals(to.userId());
        return proven || sameUser || admits(request, to);
    }

    /** Gives a session the secret of its user's claim. */
    public Session claimed(RoutedRequest request, Session session) {
        return session.claimSecret().isPresent()
                ? session
                : forClaim(request)
                        .map(secret -> sessions.renewClaimSecret(session, secret))
                        .orElse(session);
    }

    /** The secret for the caller's cookie; a new one if the operator's key has changed. */
    public Optional<String> secret(RoutedRequest request, SessionCookie cookie) {
        if (cookie.secret().isEmpty() || cookie.secret().get().salt().equals(LOCKED)) {
            return Optional.empty();
        }
        Optional<String> sent =
                presented(request, cookie.flow(), cookie.secret().get());
        if (sent.isPresent() || !issues()) {
            return sent;
        }
        String made = secret(cookie.secret().get().salt());
        return Optional.of(cookie.secret().get().matches(made) ? made : renewed(cookie));
    }

    private String renewed(SessionCookie cookie) {
        Session session = sessions.renewClaimSecret(sessions.find(cookie.id()), newSecret());
        return secret(session.claimSecret().map(ClaimSecret::salt).orElse(""));
    }

    private static Optional<String> presented(RoutedRequest request, String flow, ClaimSecret secret) {
        return RequestCookie.in(request, flow).stream()
                .flatMap(cookie -> cookie.secret().stream())
                .filter(secret::matches)
                .findFirst();
    }

    private ClaimSecret newSecret() {
        String salt = random(SALT_BYTES);
        return ClaimSecret.of(salt, secret(salt));
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String secret(String salt) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(access.key().derived(PURPOSE), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(salt.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
