package dev.onward.transition;

import dev.onward.session.SessionService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The secret of a claimed session as it is stored: hashed. Callers of {@link SessionService} check it first.
 *
 * @param text the salt of the secret, a colon, and the SHA-256 of both
 */
public record ClaimSecret(String text) {
    private static final char SEPARATOR = ':';

    /** Hashes a secret; the salt contains no colon. */
    public static ClaimSecret of(String salt, String secret) {
        return new ClaimSecret(salt + SEPARATOR + hash(salt + SEPARATOR + secret));
    }

    public String salt() {
        return text.substring(0, Math.max(0, text.indexOf(SEPARATOR)));
    }

    /** Whether this is the secret. Takes the same time for every text. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(bytes(of(salt(), presented).text), bytes(text));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Omits the hash, which must not be logged. */
    @Override
    public String toString() {
        return "claim secret";
    }
}
