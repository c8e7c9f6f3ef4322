package dev.onward.web.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;

/** Verifies each token once, and remembers it by its hash until it expires, at most five minutes. Thread-safe. */
public final class VerifiedTokens {
    private static final int MAX_TOKENS = 10_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final JwtVerifier verifier;
    private final InstantSource clock;
    private final Cache<String, TokenUser> verified = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(MAX_AGE)
            .build();

    public VerifiedTokens(JwtVerifier verifier, InstantSource clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    /** @throws TokenRejectedException as {@link JwtVerifier#verify} */
    public TokenUser verify(String token) throws TokenRejectedException {
        String hash = hash(token);
        TokenUser known = verified.getIfPresent(hash);
        if (known != null && clock.instant().isBefore(known.expiresAt())) {
            return known;
        }
        TokenUser user = verifier.verify(token);
        verified.put(hash, user);
        return user;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
