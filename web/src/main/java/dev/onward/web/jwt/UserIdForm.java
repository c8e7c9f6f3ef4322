package dev.onward.web.jwt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** How the user id follows from a token's claim. */
public enum UserIdForm {
    /** The claim itself. It may have at most 64 characters with the prefix. */
    VERBATIM,
    /** A stable short form: SHA-256 of the issuer and the claim. For providers whose subjects are longer. */
    SHA256;

    private static final String PREFIX = "sha256:";

    /** The value of the setting. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String of(String issuer, String claim) {
        return switch (this) {
            case VERBATIM -> claim;
            case SHA256 -> PREFIX + hash(issuer + "\n" + claim);
        };
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
