package dev.onward.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What was answered to a request that may come again, kept with what it changed.
 *
 * @param id says whose request it is, what it asks for, and which one
 * @param fingerprint tells requests under the same id apart
 * @param answer what a repeat is answered, as the caller put it
 * @param token made before the first try, so that a repeat of the transaction recognises its own idempotency record
 * @param sessionId with which it goes
 */
public record IdempotencyRecord(
        String id, String fingerprint, String answer, String token, Optional<String> sessionId, Instant at) {

    /** SHA-256 over all parts and their lengths, in hexadecimal digits: for ids and fingerprints. */
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
