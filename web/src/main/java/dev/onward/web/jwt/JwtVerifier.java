package dev.onward.web.jwt;

import static dev.onward.web.jwt.TokenRejectedException.Reason.EXPIRED;
import static dev.onward.web.jwt.TokenRejectedException.Reason.INVALID;
import static dev.onward.web.jwt.TokenRejectedException.Reason.KEYS_UNAVAILABLE;
import static dev.onward.web.jwt.TokenRejectedException.Reason.KEY_UNKNOWN;
import static dev.onward.web.jwt.TokenRejectedException.Reason.USER_ID_TOO_LONG;
import static dev.onward.web.jwt.TokenRejectedException.Reason.WITHOUT_SUBJECT;
import static dev.onward.web.jwt.TokenRejectedException.Reason.WRONG_AUDIENCE;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.onward.transition.TextRules;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies the tokens of the configured issuers. Thread-safe. */
public final class JwtVerifier {
    /** The longest token. Longer ones do not fit into the headers of most servers either. */
    static final int MAX_LENGTH = 16 * 1024;

    /** The longest lifetime, so that a lost token does not stay valid forever. */
    static final Duration MAX_LIFETIME = Duration.ofDays(30);

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final String TYPE_OF_ID_TOKENS = "ID";

    private final Map<String, Issuer> issuers;
    private final InstantSource clock;

    private record Issuer(TokenIssuer settings, SigningKeys keys) {}

    public JwtVerifier(List<TokenIssuer> issuers, InstantSource clock) {
        Map<String, Issuer> byName = new LinkedHashMap<>();
        for (TokenIssuer issuer : issuers) {
            SigningKeys keys = new SigningKeys(issuer.issuer(), issuer.keys(), clock);
            if (byName.put(issuer.issuer(), new Issuer(issuer, keys)) != null) {
                throw new IllegalArgumentException("the issuer " + issuer.issuer() + " is configured twice");
            }
        }
        this.issuers = Collections.unmodifiableMap(byName);
        this.clock = clock;
    }

    /** Starts to read the keys of all issuers, so that the first token does not wait for them. */
    public void readKeys() {
        issuers.values().forEach(issuer -> issuer.keys().refreshInBackground());
    }

    /**
     * Reads the keys of all issuers.
     *
     * @return the issuers whose keys cannot be read, and why
     */
    public Map<String, String> readKeysNow() {
        issuers.values().forEach(issuer -> issuer.keys().refresh());
        return failures();
    }

    /** The issuers whose keys cannot be read, and why. */
    public Map<String, String> failures() {
        Map<String, String> failures = new HashMap<>();
        issuers.forEach((name, issuer) -> issuer.keys().failure().ifPresent(reason -> failures.put(name, reason)));
        return failures;
    }

    /**
     * Verifies a token. May read the issuer's keys, which can take seconds.
     *
     * @throws TokenRejectedException if it is not valid here
     */
    public TokenUser verify(String token) throws TokenRejectedException {
        SignedJWT jwt = parsed(token);
        Map<String, Object> claims = claims(jwt);
        Issuer issuer = issuer(claims);
        requireHeader(jwt.getHeader(), issuer.settings());
        requireSignature(jwt, issuer);
        return new VerifiedClaims(issuer.settings(), claims(jwt), clock.instant()).user();
    }

    private static SignedJWT parsed(String token) throws TokenRejectedException {
        if (token.length() > MAX_LENGTH) {
            throw new TokenRejectedException(
                    INVALID, "The token has more than " + MAX_LENGTH + " characters. Put fewer claims into it.");
        }
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw new TokenRejectedException(
                    INVALID, "The token is not a signed JWT. Send an access token of a configured issuer.");
        }
    }

    private static Map<String, Object> claims(SignedJWT jwt) throws TokenRejectedException {
        Map<String, Object> claims = jwt.getPayload().toJSONObject();
        if (claims == null) {
            throw new TokenRejectedException(INVALID, "The token's claims are not a JSON object.");
        }
        return claims;
    }

    /** Before a key is looked for, so that tokens of other issuers cost nothing. */
    private Issuer issuer(Map<String, Object> claims) throws TokenRejectedException {
        Object name = claims.get("iss");
        Issuer issuer = name instanceof String text ? issuers.get(text) : null;
        if (issuer == null) {
            throw new TokenRejectedException(
                    INVALID,
                    "The token's issuer (iss) is " + shown(name)
                            + ", which is not configured. The configured issuers are: "
                            + String.join(", ", issuers.keySet()) + ".");
        }
        return issuer;
    }

    private static void requireHeader(JWSHeader header, TokenIssuer issuer) throws TokenRejectedException {
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw new TokenRejectedException(
                    INVALID, "The token's type (typ) is " + shown(type.getType()) + ". Send an access token.");
        }
        if (!issuer.algorithms().contains(header.getAlgorithm().getName())) {
            throw new TokenRejectedException(
                    INVALID,
                    "The token's algorithm (alg) is "
                            + shown(header.getAlgorithm().getName()) + ", which is not accepted for its issuer.");
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new TokenRejectedException(
                    INVALID, "The token requires extensions (crit) that this server does not have.");
        }
    }

    private static void requireSignature(SignedJWT jwt, Issuer issuer) throws TokenRejectedException {
        Optional<String> id = Optional.ofNullable(jwt.getHeader().getKeyID());
        // A shared secret has no id, but tokens that are signed with it may name one.
        Optional<String> wanted = issuer.settings().keys() instanceof KeySource.SharedSecret ? Optional.empty() : id;
        List<SigningKey> keys;
        try {
            keys = issuer.keys().named(wanted);
        } catch (SigningKeys.KeysUnavailable e) {
            throw new TokenRejectedException(
                    KEYS_UNAVAILABLE,
                    "The keys of the token's issuer cannot be read now. Try again later.",
                    Optional.of(SigningKeys.PAUSE));
        }
        if (keys.isEmpty()) {
            throw new TokenRejectedException(
                    KEY_UNKNOWN,
                    "The token's key (kid) is " + shown(id.orElse(null))
                            + ", which is not among the issuer's keys. If the"
                            + " issuer has just changed its keys, try again.",
                    Optional.of(SigningKeys.PAUSE));
        }
        boolean verified = keys.stream()
                .filter(key -> key.isFor(jwt.getHeader().getAlgorithm()))
                .anyMatch(key -> key.verifies(jwt));
        if (!verified) {
            throw new TokenRejectedException(INVALID, "The token's signature is not valid.");
        }
    }

    /** A value from a token, shortened. */
    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        String text = String.valueOf(value);
        return "\"" + (text.length() > 200 ? text.substring(0, 200) + "…" : text) + "\"";
    }

    /** The claims of a token whose signature is valid. */
    private record VerifiedClaims(TokenIssuer issuer, Map<String, Object> claims, Instant now) {

        TokenUser user() throws TokenRejectedException {
            JWTClaimsSet standard = standard();
            Instant expiresAt = requireTime(standard);
            requireKind();
            requireAudience(standard);
            requireClaim();
            boolean operator = issuer.operator().filter(this::has).isPresent();
            return new TokenUser(userId(), operator, expiresAt);
        }

        private JWTClaimsSet standard() throws TokenRejectedException {
            try {
                return JWTClaimsSet.parse(claims);
            } catch (ParseException e) {
                throw new TokenRejectedException(
                        INVALID, "A claim of the token has the wrong type: " + e.getMessage() + ".");
            }
        }

        private Instant requireTime(JWTClaimsSet standard) throws TokenRejectedException {
            Date expires = standard.getExpirationTime();
            if (expires == null) {
                throw new TokenRejectedException(
                        INVALID, "The token never expires (it has no exp). Send one that does.");
            }
            Instant expiresAt = expires.toInstant();
            if (!now.isBefore(expiresAt.plus(issuer.skew()))) {
                throw new TokenRejectedException(
                        EXPIRED, "The token expired (exp) at " + expiresAt + ". Get a new one.");
            }
            if (expiresAt.isAfter(now.plus(MAX_LIFETIME))) {
                throw new TokenRejectedException(
                        INVALID,
                        "The token expires (exp) in more than " + MAX_LIFETIME.toDays()
                                + " days. Its issuer must write seconds, and issue shorter-lived tokens.");
            }
            requireStarted("nbf", standard.getNotBeforeTime());
            requireStarted("iat", standard.getIssueTime());
            return expiresAt;
        }

        private void requireStarted(String claim, Date time) throws TokenRejectedException {
            if (time != null && time.toInstant().isAfter(now.plus(issuer.skew()))) {
                throw new TokenRejectedException(
                        EXPIRED,
                        "The token is not valid before " + time.toInstant() + " (" + claim
                                + "), and this server's time is " + now + ". Compare the clocks.");
            }
        }

        /** ID tokens tell an application who has signed in. They are not meant for servers. */
        private void requireKind() throws TokenRejectedException {
            if (TYPE_OF_ID_TOKENS.equals(claims.get("typ"))) {
                throw new TokenRejectedException(INVALID, "The token is an ID token. Send the access token.");
            }
        }

        private void requireAudience(JWTClaimsSet standard) throws TokenRejectedException {
            List<String> audience = standard.getAudience();
            if (!issuer.audiences().isEmpty() && Collections.disjoint(audience, issuer.audiences())) {
                throw new TokenRejectedException(
                        WRONG_AUDIENCE,
                        "The token's audience (aud) is "
                                + (audience.isEmpty() ? "missing" : shown(String.join(", ", audience)))
                                + ", and this server accepts " + shown(String.join(", ", issuer.audiences()))
                                + ". Configure the identity provider to add it, or change the setting audience.");
            }
            Object party = claims.get("azp");
            if (!issuer.authorizedParties().isEmpty()
                    && !(party instanceof String text
                            && issuer.authorizedParties().contains(text))) {
                throw new TokenRejectedException(
                        WRONG_AUDIENCE,
                        "The token's authorized party (azp) is " + shown(party)
                                + ", which is not among authorized_parties.");
            }
        }

        private void requireClaim() throws TokenRejectedException {
            Optional<TokenIssuer.ClaimValue> required = issuer.required();
            if (required.isPresent() && !has(required.get())) {
                throw new TokenRejectedException(
                        INVALID,
                        "The token's claim " + required.get().claim() + " must contain \""
                                + required.get().value() + "\".");
            }
        }

        private boolean has(TokenIssuer.ClaimValue wanted) {
            return wanted.claim().texts(claims).contains(wanted.value());
        }

        private String userId() throws TokenRejectedException {
            String subject = subject();
            String id = issuer.prefix() + issuer.userIdForm().of(issuer.issuer(), subject);
            if (TextRules.length(id) > TextRules.MAX_ID_LENGTH) {
                throw new TokenRejectedException(
                        USER_ID_TOO_LONG,
                        "The user id in the token's claim " + issuer.userId() + " has " + TextRules.length(id)
                                + " characters, and user"
                                + " ids have at most " + TextRules.MAX_ID_LENGTH
                                + ". Set user_id_form to sha256 before the first user starts.");
            }
            return id;
        }

        private String subject() throws TokenRejectedException {
            Optional<String> subject = issuer.userId().in(claims).flatMap(VerifiedClaims::id);
            return subject.orElseThrow(() -> new TokenRejectedException(
                    WITHOUT_SUBJECT,
                    "The token has no user id: its claim " + issuer.userId()
                            + " is missing or empty. Keycloak: add the client"
                            + " scope basic. Supabase: sign the user in, because its API keys have none. Or choose another"
                            + " claim with the setting user_id_claim."));
        }

        /** The text or number of a claim; numbers have no fraction. */
        private static Optional<String> id(Object claim) {
            return switch (claim) {
                case String text when !text.isBlank() && TextRules.wellFormed(text) -> Optional.of(text);
                case Long number -> Optional.of(number.toString());
                case Integer number -> Optional.of(number.toString());
                default -> Optional.empty();
            };
        }
    }
}
