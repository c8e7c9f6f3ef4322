package dev.onward.web.request;

import dev.onward.session.EventPosition;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.transition.TextRules;
import dev.onward.web.problem.ApiException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cursor of a list. URLs are logged on their way, and a cursor contains a session's id, so it is encrypted
 * (AES-GCM). All nodes derive its key from the operator's key.
 */
public final class CursorCodec {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final char BETWEEN = ' ';
    private static final String SESSIONS = "sessions";
    private static final String EVENTS = "events of ";

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @param key 32 bytes */
    public CursorCodec(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    public String of(ListPosition position) {
        return sealed(position.createdAt().toString() + BETWEEN + position.id(), SESSIONS);
    }

    public String of(EventPosition position, String session) {
        return sealed(
                "" + position.revision() + BETWEEN + position.rank() + BETWEEN + position.step(), EVENTS + session);
    }

    /** @param list the list of the cursor; it cannot be decrypted for another one */
    private String sealed(String plain, String list) {
        byte[] text = plain.getBytes(StandardCharsets.UTF_8);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, list).doFinal(text);
            byte[] cursor = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws ApiException for {@code cursor} if Onward did not create it */
    public ListPosition position(String cursor) {
        String text = opened(cursor, SESSIONS);
        int end = text.indexOf(BETWEEN);
        return new ListPosition(
                WireTimes.parse(text.substring(0, Math.max(end, 0))).orElseThrow(CursorCodec::foreign),
                TextRules.requireId("cursor", text.substring(end + 1)));
    }

    /** @throws ApiException for {@code cursor} if Onward did not create it for this session */
    public EventPosition position(String cursor, String session) {
        String[] parts = opened(cursor, EVENTS + session).split(String.valueOf(BETWEEN), 3);
        return new EventPosition(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }

    private String opened(String cursor, String list) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce, list).doFinal(sealed), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | BufferUnderflowException | GeneralSecurityException e) {
            throw foreign();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String list) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(list.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static ApiException foreign() {
        return ApiException.invalidField(
                "cursor", "is not a cursor of this list: leave it out to start from the beginning");
    }
}
