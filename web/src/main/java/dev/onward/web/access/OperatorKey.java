package dev.onward.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The operator's key, of which only the digest is held: it can be compared, never shown. Immutable. */
public final class OperatorKey {
    /** A shorter key could be guessed. */
    public static final int SHORTEST = 32;

    private static final byte[] NONE = {};

    private final byte[] digest;

    private OperatorKey(byte[] digest) {
        this.digest = digest;
    }

    /** @throws IllegalArgumentException where the key is shorter than {@link #SHORTEST} */
    public static OperatorKey of(String key) {
        if (key.length() < SHORTEST) {
            throw new IllegalArgumentException("the operator's key has at least " + SHORTEST + " characters");
        }
        return new OperatorKey(digest(key));
    }

    /** No key is set: nothing matches. */
    public static OperatorKey unknown() {
        return new OperatorKey(NONE);
    }

    public boolean known() {
        return digest.length > 0;
    }

    /** Whether this is the key; takes as long whatever is presented. */
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
