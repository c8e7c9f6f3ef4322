package dev.onward.transition;

import dev.onward.session.SessionService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The secret that opens a claimed session beside its id, as it is stored: hashed. Who presents it is decided before
 * {@link SessionService} is asked.
 *
 * @param text the salt from which the secret was made, a colon, and the SHA-256 of both
 */
public record ClaimSecret(String text) {
    private static final char SEPARATOR = ':';

    /** A secret that was made from a salt; the salt holds no colon. */
    public static ClaimSecret of(String salt, String secret) {
        return new ClaimSecret(salt + SEPARATOR + hash(salt + SEPARATOR + secret));
    }

    public String salt() {
        return text.substring(0, Math.max(0, text.indexOf(SEPARATOR)));
    }

    /** Whether this is the secret; takes as long whatever is presented. */
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

    /** Without what is stored, which belongs into no log. */
    @Override
    public String toString() {
        return "claim secret";
    }
}
