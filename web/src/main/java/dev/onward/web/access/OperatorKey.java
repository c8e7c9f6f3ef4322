package dev.onward.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The operator's key. Only its digest is stored, so it can be compared but never shown. Immutable. */
public final class OperatorKey {
    /** The minimum length, so that a key cannot be guessed. */
    public static final int MIN_LENGTH = 32;

    private static final byte[] NONE = {};

    private final byte[] digest;

    private OperatorKey(byte[] digest) {
        this.digest = digest;
    }

    /** @throws IllegalArgumentException if the key is shorter than {@link #MIN_LENGTH} */
    public static OperatorKey of(String key) {
        if (key.length() < MIN_LENGTH) {
            throw new IllegalArgumentException("the operator's key has at least " + MIN_LENGTH + " characters");
        }
        return new OperatorKey(digest(key));
    }

    /** No key is configured: nothing matches. */
    public static OperatorKey unknown() {
        return new OperatorKey(NONE);
    }

    public boolean known() {
        return digest.length > 0;
    }

    /** Whether this is the key. Takes the same time for every text. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(digest, digest(presented));
    }

    /** A secret of 32 bytes for another purpose, the same on every node that has this key. */
    public byte[] derived(String purpose) {
        return digest(purpose + HexFormat.of().formatHex(digest));
    }

    @Override
    public String toString() {
        return known() ? "operator's key" : "no operator's key";
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
