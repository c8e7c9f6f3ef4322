package dev.onward.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The response to an idempotent request, stored with its change.
 *
 * @param id identifies the caller, the operation and the key
 * @param fingerprint distinguishes different requests with the same id
 * @param answer the response for a retry, in the caller's format
 * @param token generated before the first attempt, so that a retried transaction recognizes its own record
 * @param sessionId the session with which it is deleted
 */
public record IdempotencyRecord(
        String id, String fingerprint, String answer, String token, Optional<String> sessionId, Instant at) {

    /** The SHA-256 of all parts and their lengths in hexadecimal digits, for ids and fingerprints. */
    public static String hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
