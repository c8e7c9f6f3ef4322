package dev.onward.web.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The operator's key. Only its digest is stored, so it can be compared but never shown. Immutable. */
public final class OperatorKey {
    /** The minimum length, so that a key cannot be guessed. */
    public static final int MIN_LENGTH = 32;

    private static final String HMAC = "HmacSHA256";
    private static final byte[] NONE = {};
    private static final byte[] NO_SALT = new byte[32];

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

    /**
     * A secret of 32 bytes for another purpose, the same on every node that has this key: HKDF with SHA-256 (RFC 5869) of
     * the digest, without a salt. Java has it as {@code javax.crypto.KDF} from 25 on.
     */
    public byte[] derived(String purpose) {
        byte[] extracted = hmac(NO_SALT, digest);
        byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
        return hmac(
                extracted,
                ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array());
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
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
