package dev.onward.web.jwt;

import static dev.onward.web.jwt.TokenRejectedException.Reason.EXPIRED;
import static dev.onward.web.jwt.TokenRejectedException.Reason.INVALID;
import static dev.onward.web.jwt.TokenRejectedException.Reason.KEYS_UNAVAILABLE;
import static dev.onward.web.jwt.TokenRejectedException.Reason.KEY_UNKNOWN;
import static dev.onward.web.jwt.TokenRejectedException.Reason.USER_ID_TOO_LONG;
import static dev.onward.web.jwt.TokenRejectedException.Reason.WITHOUT_SUBJECT;
import static dev.onward.web.jwt.TokenRejectedException.Reason.WRONG_AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.onward.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final IdentityProvider provider = new IdentityProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private TokenIssuer issuer() {
        return provider.issuer();
    }

    private JwtVerifier verifier() {
        return verifier(issuer());
    }

    private JwtVerifier verifier(TokenIssuer... issuers) {
        return new JwtVerifier(List.of(issuers), clock);
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        return IdentityProvider.claims(NOON, change);
    }

    private String rsaToken(Consumer<JWTClaimsSet.Builder> change) throws Exception {
        return provider.rsa("r1")
                .sign(IdentityProvider.header(JWSAlgorithm.RS256, "r1"), claims(change))
                .serialize();
    }

    private static TokenRejectedException rejection(JwtVerifier verifier, String token) {
        return catchThrowableOfType(TokenRejectedException.class, () -> verifier.verify(token));
    }

    @Test
    void takesTheUserAndTheTimeFromTheToken() throws Exception {
        assertThat(verifier().verify(rsaToken(claims -> {})))
                .isEqualTo(new TokenUser("ada", false, NOON.plusSeconds(300)));
    }

    @Test
    void acceptsEverySupportedKeyAndAlgorithm() throws Exception {
        JwtVerifier verifier = verifier();
        IdentityProvider.Signer rsa = provider.rsa("r");
        IdentityProvider.Signer ec = provider.ec("e");
        IdentityProvider.Signer edwards = provider.edwards("o");
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            verifies(verifier, rsa, algorithm, "r");
        }
        verifies(verifier, ec, JWSAlgorithm.ES256, "e");
        verifies(verifier, edwards, JWSAlgorithm.EdDSA, "o");
        verifies(verifier, edwards, JWSAlgorithm.Ed25519, "o");
    }

    private static void verifies(
            JwtVerifier verifier, IdentityProvider.Signer signer, JWSAlgorithm algorithm, String id) throws Exception {
        String token = signer.sign(IdentityProvider.header(algorithm, id), claims(c -> {}))
                .serialize();
        assertThat(verifier.verify(token).userId()).as(algorithm.getName()).isEqualTo("ada");
        String changed = token.substring(0, token.lastIndexOf('.') + 1)
                + token.substring(token.lastIndexOf('.') + 1).transform(JwtVerifierTest::swapped);
        assertThat(rejection(verifier, changed).reason())
                .as(algorithm.getName())
                .isEqualTo(INVALID);
    }

    /** The same characters in another order. */
    private static String swapped(String signature) {
        return new StringBuilder(signature.substring(2, 12)).reverse()
                + signature.substring(12, 14)
                + signature.substring(0, 2)
                + signature.substring(14);
    }

    @Test
    void acceptsASharedSecretWhateverKeyIdTheTokenNames() throws Exception {
        JwtVerifier verifier = verifier(TokenIssuer.of(
                IdentityProvider.ISSUER,
                KeySource.SharedSecret.parse(IdentityProvider.SECRET),
                IdentityProvider.AUDIENCE));
        String token = IdentityProvider.secret()
                .sign(IdentityProvider.header(JWSAlgorithm.HS256, "any"), claims(c -> {}))
                .serialize();
        assertThat(verifier.verify(token).userId()).isEqualTo("ada");
    }

    @Test
    void rejectsASharedSecretsAlgorithmForPublicKeys() throws Exception {
        String token = IdentityProvider.secret()
                .sign(IdentityProvider.header(JWSAlgorithm.HS256, "r1"), claims(c -> {}))
                .serialize();
        assertThat(rejection(verifier(), token)).hasMessageContaining("alg").hasMessageContaining("HS256");
        assertThat(provider.fetches()).as("no key is looked for").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
    void acceptsTheTypesOfAccessTokens(String type) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType(type))
                .keyID("r1")
                .build();
        assertThat(verifier()
                        .verify(provider.rsa("r1").sign(header, claims(c -> {})).serialize())
                        .userId())
                .isEqualTo("ada");
    }

    @Test
    void acceptsNoTypeAndRejectsOthers() throws Exception {
        IdentityProvider.Signer signer = provider.rsa("r1");
        JWSHeader untyped =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r1").build();
        assertThat(verifier()
                        .verify(signer.sign(untyped, claims(c -> {})).serialize())
                        .userId())
                .isEqualTo("ada");
        JWSHeader logout = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("logout+jwt"))
                .keyID("r1")
                .build();
        assertThat(rejection(verifier(), signer.sign(logout, claims(c -> {})).serialize()))
                .hasMessageContaining("typ")
                .hasMessageContaining("logout+jwt");
    }

    @Test
    void rejectsAnIdToken() throws Exception {
        assertThat(rejection(verifier(), rsaToken(c -> c.claim("typ", "ID"))))
                .hasMessageContaining("ID token")
                .hasMessageContaining("access token");
    }

    @Test
    void rejectsAnotherIssuerWithoutLookingForAKey() throws Exception {
        TokenRejectedException rejected = rejection(verifier(), rsaToken(c -> c.issuer("https://elsewhere.example")));
        assertThat(rejected.reason()).isEqualTo(INVALID);
        assertThat(rejected)
                .hasMessageContaining("https://elsewhere.example")
                .hasMessageContaining(IdentityProvider.ISSUER);
        assertThat(provider.fetches()).isZero();
    }

    @Test
    void rejectsAnotherAudienceAndNamesBoth() throws Exception {
        TokenRejectedException rejected = rejection(verifier(), rsaToken(c -> c.audience("account")));
        assertThat(rejected.reason()).isEqualTo(WRONG_AUDIENCE);
        assertThat(rejected)
                .hasMessageContaining("aud")
                .hasMessageContaining("\"account\"")
                .hasMessageContaining("\"onboarding\"");
        assertThat(rejection(verifier(), rsaToken(c -> c.audience((String) null))))
                .hasMessageContaining("missing");
        assertThat(verifier()
                        .verify(rsaToken(c -> c.audience(List.of("account", IdentityProvider.AUDIENCE))))
                        .userId())
                .isEqualTo("ada");
    }

    @Test
    void withoutAnAudienceTheAuthorizedPartyDecides() throws Exception {
        TokenIssuer issuer = with(Set.of(), Set.of("https://app.example.com"));
        assertThat(verifier(issuer)
                        .verify(rsaToken(c -> c.audience((String) null).claim("azp", "https://app.example.com")))
                        .userId())
                .isEqualTo("ada");
        assertThat(rejection(verifier(issuer), rsaToken(c -> c.claim("azp", "https://other.example.com")))
                        .reason())
                .isEqualTo(WRONG_AUDIENCE);
        assertThatIllegalArgumentException().isThrownBy(() -> with(Set.of(), Set.of()));
    }

    private TokenIssuer with(Set<String> audiences, Set<String> parties) {
        TokenIssuer base = issuer();
        return new TokenIssuer(
                base.issuer(),
                base.keys(),
                audiences,
                parties,
                base.algorithms(),
                base.userId(),
                base.operator(),
                base.required(),
                base.prefix(),
                base.userIdForm(),
                base.skew());
    }

    @Test
    void requiresAnExpiryThatIsNear() throws Exception {
        assertThat(rejection(verifier(), rsaToken(c -> c.expirationTime(null)))).hasMessageContaining("exp");
        assertThat(rejection(verifier(), rsaToken(c -> c.expirationTime(Date.from(NOON.plus(Duration.ofDays(31))))))
                        .reason())
                .isEqualTo(INVALID);
    }

    @Test
    void toleratesTheSkewAndNoMore() throws Exception {
        String token = rsaToken(c -> c.expirationTime(Date.from(NOON)));
        clock.set(NOON.plusSeconds(29));
        JwtVerifier verifier = verifier();
        assertThat(verifier.verify(token).userId()).isEqualTo("ada");
        clock.set(NOON.plusSeconds(30));
        TokenRejectedException expired = rejection(verifier, token);
        assertThat(expired.reason()).isEqualTo(EXPIRED);
        assertThat(expired).hasMessageContaining("2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void rejectsATokenFromTheFuture(String claim) throws Exception {
        TokenRejectedException early =
                rejection(verifier(), rsaToken(c -> c.claim(claim, Date.from(NOON.plusSeconds(31)))));
        assertThat(early.reason()).isEqualTo(EXPIRED);
        assertThat(early).hasMessageContaining(claim);
        assertThat(verifier()
                        .verify(rsaToken(c -> c.claim(claim, Date.from(NOON.plusSeconds(29)))))
                        .userId())
                .isEqualTo("ada");
    }

    @Test
    void rejectsATokenWithoutAUserId() throws Exception {
        TokenRejectedException rejected = rejection(verifier(), rsaToken(c -> c.subject(null)));
        assertThat(rejected.reason()).isEqualTo(WITHOUT_SUBJECT);
        assertThat(rejected).hasMessageContaining("claim sub").hasMessageContaining("basic");
        assertThat(rejection(verifier(), rsaToken(c -> c.subject(""))).reason()).isEqualTo(WITHOUT_SUBJECT);
    }

    @Test
    void keepsAUserIdAsItIs() throws Exception {
        assertThat(verifier()
                        .verify(rsaToken(c -> c.subject("auth0|A+b/c @x ")))
                        .userId())
                .isEqualTo("auth0|A+b/c @x ");
        assertThat(verifier(userId("account", "", UserIdForm.VERBATIM))
                        .verify(rsaToken(c -> c.claim("account", 12345)))
                        .userId())
                .isEqualTo("12345");
    }

    @Test
    void anIssuersPrefixAndShortFormSeparateUsers() throws Exception {
        String longSubject = "f:" + "0".repeat(36) + ":" + "x".repeat(60);
        TokenRejectedException tooLong = rejection(verifier(), rsaToken(c -> c.subject(longSubject)));
        assertThat(tooLong.reason()).isEqualTo(USER_ID_TOO_LONG);
        assertThat(tooLong).hasMessageContaining("user_id_form");
        TokenIssuer hashed = userId("sub", "app:", UserIdForm.SHA256);
        String id =
                verifier(hashed).verify(rsaToken(c -> c.subject(longSubject))).userId();
        assertThat(id).matches("app:sha256:[A-Za-z0-9_-]{43}").hasSizeLessThanOrEqualTo(64);
        assertThat(verifier(hashed)
                        .verify(rsaToken(c -> c.subject(longSubject)))
                        .userId())
                .isEqualTo(id);
        assertThat(verifier(hashed).verify(rsaToken(c -> c.subject("ada"))).userId())
                .isNotEqualTo(id);
    }

    private TokenIssuer userId(String claim, String prefix, UserIdForm form) {
        TokenIssuer base = issuer();
        return new TokenIssuer(
                base.issuer(),
                base.keys(),
                base.audiences(),
                base.authorizedParties(),
                base.algorithms(),
                new ClaimPath(claim),
                base.operator(),
                base.required(),
                prefix,
                form,
                base.skew());
    }

    @ParameterizedTest
    @CsvSource({
        "realm_access.roles,           keycloak",
        "roles,                        list",
        "https://app.example.com/role, text",
        "resource_access.my.app.roles, dotted",
    })
    void aClaimValueMakesAnOperator(String path, String role) throws Exception {
        TokenIssuer base = issuer();
        TokenIssuer issuer = new TokenIssuer(
                base.issuer(),
                base.keys(),
                base.audiences(),
                base.authorizedParties(),
                base.algorithms(),
                base.userId(),
                Optional.of(new TokenIssuer.ClaimValue(new ClaimPath(path), role)),
                base.required(),
                base.prefix(),
                base.userIdForm(),
                base.skew());
        String operator = rsaToken(c -> c.claim("realm_access", Map.of("roles", List.of("user", "keycloak")))
                .claim("roles", List.of("list", 7))
                .claim("https://app.example.com/role", "text")
                .claim("resource_access", Map.of("my.app", Map.of("roles", List.of("dotted")))));
        assertThat(verifier(issuer).verify(operator).operator()).isTrue();
        assertThat(verifier(issuer)
                        .verify(rsaToken(c -> c.claim("roles", "other")))
                        .operator())
                .isFalse();
    }

    @Test
    void aClaimCanBeRequired() throws Exception {
        TokenIssuer base = issuer();
        TokenIssuer issuer = new TokenIssuer(
                base.issuer(),
                base.keys(),
                base.audiences(),
                base.authorizedParties(),
                base.algorithms(),
                base.userId(),
                base.operator(),
                Optional.of(new TokenIssuer.ClaimValue(new ClaimPath("role"), "authenticated")),
                base.prefix(),
                base.userIdForm(),
                base.skew());
        assertThat(verifier(issuer)
                        .verify(rsaToken(c -> c.claim("role", "authenticated")))
                        .userId())
                .isEqualTo("ada");
        assertThat(rejection(verifier(issuer), rsaToken(c -> c.claim("role", "anon"))))
                .hasMessageContaining("role");
    }

    @Test
    void readsTheKeysAgainForANewKeyButNotForEachInventedOne() throws Exception {
        JwtVerifier verifier = verifier();
        IdentityProvider.Signer old = provider.rsa("old");
        String first = old.sign(IdentityProvider.header(JWSAlgorithm.RS256, "old"), claims(c -> {}))
                .serialize();
        verifier.verify(first);
        assertThat(provider.fetches()).isEqualTo(1);

        clock.advance(SigningKeys.PAUSE);
        for (int i = 0; i < 20; i++) {
            String invented = old.sign(IdentityProvider.header(JWSAlgorithm.RS256, "invented-" + i), claims(c -> {}))
                    .serialize();
            TokenRejectedException rejected = rejection(verifier, invented);
            assertThat(rejected.reason()).isEqualTo(KEY_UNKNOWN);
            assertThat(rejected.retryAfter()).contains(SigningKeys.PAUSE);
        }
        assertThat(provider.fetches()).isEqualTo(2);

        String rotated = provider.rsa("new")
                .sign(IdentityProvider.header(JWSAlgorithm.RS256, "new"), claims(c -> {}))
                .serialize();
        clock.advance(SigningKeys.PAUSE);
        assertThat(verifier.verify(rotated).userId()).isEqualTo("ada");
        assertThat(verifier.verify(first).userId()).isEqualTo("ada");
        assertThat(provider.fetches()).isEqualTo(3);
    }

    @Test
    void anUnreachableProviderIsNamedAndHeals() throws Exception {
        JwtVerifier verifier = verifier();
        String token = rsaToken(c -> {});
        provider.answerWith(500);
        assertThat(rejection(verifier, token).reason()).isEqualTo(KEYS_UNAVAILABLE);
        assertThat(verifier.failures().get(IdentityProvider.ISSUER)).contains("500");
        provider.answerWith(200);
        assertThat(rejection(verifier, token).reason()).as("within the pause").isEqualTo(KEYS_UNAVAILABLE);
        clock.advance(SigningKeys.PAUSE);
        assertThat(verifier.verify(token).userId()).isEqualTo("ada");
        assertThat(verifier.failures()).isEmpty();
    }

    @Test
    void knownKeysSurviveAnOutageOfADay() throws Exception {
        JwtVerifier verifier = verifier();
        IdentityProvider.Signer signer = provider.rsa("r1");
        UnaryOperator<Instant> valid = now -> now.plusSeconds(60);
        verifier.verify(token(signer, NOON));
        provider.answerWith(503);
        Instant later = valid.apply(NOON.plus(SigningKeys.OUTAGE).minusSeconds(120));
        clock.set(later);
        assertThat(verifier.verify(token(signer, later)).userId()).isEqualTo("ada");
        later = NOON.plus(SigningKeys.OUTAGE).plusSeconds(1);
        clock.set(later);
        assertThat(rejection(verifier, token(signer, later)).reason()).isEqualTo(KEYS_UNAVAILABLE);
    }

    private static String token(IdentityProvider.Signer signer, Instant now) throws Exception {
        return signer.sign(IdentityProvider.header(JWSAlgorithm.RS256, "r1"), IdentityProvider.claims(now, c -> {}))
                .serialize();
    }

    @Test
    void oneUnusableKeyLeavesTheOthersUsable() throws Exception {
        provider.publish(Map.of("kty", "EC", "crv", "BP-256", "kid", "brainpool", "x", "AQ", "y", "AQ"));
        provider.publish(Map.of("kty", "AKP", "kid", "post-quantum", "pub", "AQ"));
        provider.publish(Map.of("kty", "RSA", "kid", "no-use", "use", "", "n", "AQAB", "e", "AQAB"));
        provider.publish(Map.of("kty", "RSA", "kid", "short", "n", "AQAB", "e", "AQAB"));
        assertThat(verifier().verify(rsaToken(c -> {})).userId()).isEqualTo("ada");
        assertThat(KeySet.parse(provider.keySet()).unusable())
                .hasSize(4)
                .anySatisfy(key -> assertThat(key).startsWith("brainpool: "))
                .anySatisfy(key -> assertThat(key).startsWith("short: ").contains("2048"));
    }

    @Test
    void readsAFileAgainWhenItChanges(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.json");
        IdentityProvider.Signer first = provider.rsa("r1");
        Files.writeString(file, provider.keySet());
        JwtVerifier verifier = verifier(
                TokenIssuer.of(IdentityProvider.ISSUER, new KeySource.JwksFile(file), IdentityProvider.AUDIENCE));
        assertThat(verifier.verify(token(first, NOON)).userId()).isEqualTo("ada");
        IdentityProvider.Signer second = provider.ec("e2");
        Files.writeString(file, provider.keySet());
        Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(60)));
        clock.advance(SigningKeys.PAUSE);
        assertThat(verifier.verify(second.sign(IdentityProvider.header(JWSAlgorithm.ES256, "e2"), claims(c -> {}))
                                .serialize())
                        .userId())
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "....", "e30.e30.e30"})
    void rejectsWhatIsNoToken(String text) {
        assertThat(rejection(verifier(), text).reason()).isEqualTo(INVALID);
        assertThat(provider.fetches()).isZero();
    }

    @Test
    void rejectsATokenThatIsTooLong() {
        assertThat(rejection(verifier(), "a".repeat(JwtVerifier.MAX_LENGTH + 1)))
                .hasMessageContaining("16384");
    }

    @Test
    void rememberedTokensNeedNoKeysUntilTheyExpire() throws Exception {
        VerifiedTokens tokens = new VerifiedTokens(verifier(), clock);
        String token = rsaToken(c -> {});
        assertThat(tokens.verify(token).userId()).isEqualTo("ada");
        provider.answerWith(500);
        assertThat(tokens.verify(token).userId()).isEqualTo("ada");
        assertThat(provider.fetches()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(331));
        assertThat(catchThrowableOfType(TokenRejectedException.class, () -> tokens.verify(token))
                        .reason())
                .isEqualTo(EXPIRED);
    }
}
