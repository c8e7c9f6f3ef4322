package dev.onward.web.jwt;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** Where an issuer's keys come from. */
public sealed interface KeySource {

    /** A key set (JWKS) at an address. */
    record JwksAddress(URI address) implements KeySource {}

    /** A key set (JWKS) in a file, which is read again when it changes. */
    record JwksFile(Path file) implements KeySource {}

    /** A secret that the issuer and this server share. */
    final class SharedSecret implements KeySource {
        private static final int MIN_BYTES = 32;
        private static final String BASE64 = "base64:";

        private final byte[] secret;

        private SharedSecret(byte[] secret) {
            this.secret = secret;
        }

        /**
         * @param text the secret as text, or {@code base64:} and its bytes in Base64
         * @throws IllegalArgumentException if it is not Base64, or shorter than 32 bytes
         */
        public static SharedSecret parse(String text) {
            byte[] secret = text.startsWith(BASE64)
                    ? Base64.getDecoder().decode(text.substring(BASE64.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
            if (secret.length < MIN_BYTES) {
                throw new IllegalArgumentException("a shared secret has at least 32 bytes");
            }
            return new SharedSecret(secret);
        }

        byte[] secret() {
            return secret.clone();
        }

        @Override
        public String toString() {
            return "shared secret";
        }
    }
}
