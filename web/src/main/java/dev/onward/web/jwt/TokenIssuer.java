package dev.onward.web.jwt;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An identity provider, and how its tokens are read.
 *
 * @param issuer the exact value of {@code iss}
 * @param audiences the values of {@code aud} to accept; empty if tokens have none, which requires authorized parties
 * @param authorizedParties the values of {@code azp} to accept; empty if it is not checked
 * @param algorithms the signature algorithms to accept
 * @param userId the claim that contains the user id
 * @param operator the claim value that makes a user an operator, if any
 * @param required a claim value that every token must have, if any
 * @param prefix the beginning of all user ids of this issuer; may be empty
 * @param skew how far the clocks may differ
 */
public record TokenIssuer(
        String issuer,
        KeySource keys,
        Set<String> audiences,
        Set<String> authorizedParties,
        Set<String> algorithms,
        ClaimPath userId,
        Optional<ClaimValue> operator,
        Optional<ClaimValue> required,
        String prefix,
        UserIdForm userIdForm,
        Duration skew) {
    /** The largest difference between clocks. */
    public static final Duration MAX_SKEW = Duration.ofSeconds(30);

    /** The algorithms of public keys. */
    public static final Set<String> PUBLIC_KEY_ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    /** The algorithms of a shared secret. */
    public static final Set<String> SECRET_ALGORITHMS = Set.of("HS256", "HS384", "HS512");

    public TokenIssuer {
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("issuer is empty");
        }
        if (audiences.isEmpty() && authorizedParties.isEmpty()) {
            throw new IllegalArgumentException(
                    "audience is required, or authorized_parties if tokens have no audience");
        }
        Set<String> possible = possibleAlgorithms(keys);
        if (algorithms.isEmpty() || !possible.containsAll(algorithms)) {
            throw new IllegalArgumentException(
                    "algorithms must be some of " + possible.stream().sorted().collect(Collectors.joining(", ")));
        }
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("skew must be from 0 to 30 seconds");
        }
        audiences = Set.copyOf(audiences);
        authorizedParties = Set.copyOf(authorizedParties);
        algorithms = Set.copyOf(algorithms);
    }

    /** The algorithms that an issuer's keys can have. */
    public static Set<String> possibleAlgorithms(KeySource keys) {
        return keys instanceof KeySource.SharedSecret ? SECRET_ALGORITHMS : PUBLIC_KEY_ALGORITHMS;
    }

    /** A claim and one of its values. */
    public record ClaimValue(ClaimPath claim, String value) {}

    /** Accepts every algorithm of public keys, and takes the user id from {@code sub} as it is. */
    public static TokenIssuer of(String issuer, KeySource keys, String audience) {
        return new TokenIssuer(
                issuer,
                keys,
                Set.of(audience),
                Set.of(),
                possibleAlgorithms(keys),
                new ClaimPath("sub"),
                Optional.empty(),
                Optional.empty(),
                "",
                UserIdForm.VERBATIM,
                MAX_SKEW);
    }
}
