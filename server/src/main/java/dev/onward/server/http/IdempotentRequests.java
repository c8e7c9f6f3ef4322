package dev.onward.server.http;

import dev.onward.model.OnboardingException.AnswersTooLarge;
import dev.onward.model.OnboardingException.Conflict;
import dev.onward.model.OnboardingException.IdempotencyKeyReused;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.model.OnboardingException.RequestRepeated;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Session;
import dev.onward.web.access.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Does a request once, however often it comes with the same {@code Idempotency-Key}: what it was answered is kept with
 * its effect, and a repeat is answered the same (draft-ietf-httpapi-idempotency-key-header-07).
 */
final class IdempotentRequests {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("(\"?)([\\x21\\x23-\\x7e]{1,255})\\1");

    /** Of RFC 9562; the one of zeros and the one of ones are none that anybody made. */
    private static final Pattern UUID = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final SessionService sessions;
    private final AccessPolicy access;
    private final ClaimSecretGuard secrets;

    IdempotentRequests(SessionService sessions, AccessPolicy access, ClaimSecretGuard secrets) {
        this.sessions = sessions;
        this.access = access;
        this.secrets = secrets;
    }

    /**
     * @param subject whose request it is beside the key that it shows: a session or a user; empty for nobody's
     * @param change makes the change on the terms of the request
     * @param answer what is answered to it
     */
    <R> Response once(
            Request call, String subject, Function<WriteConditions<R>, R> change, Function<R, Response> answer) {
        Optional<String> key = key(call);
        if (key.isEmpty()) {
            return answer.apply(change.apply(
                    new WriteConditions<>(IfMatch.revisions(call), Optional.empty(), secrets.check(call))));
        }
        String id = id(call, subject, key.get());
        String fingerprint = hash(call.path(), call.rawQuery(), call.body().text());
        Optional<Response> before = replay(call, id, fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        WriteConditions.Idempotency<R> keep = new WriteConditions.Idempotency<>(
                id, fingerprint, result -> answer.apply(result).stored());
        try {
            return answer.apply(change.apply(
                    new WriteConditions<>(IfMatch.revisions(call), Optional.of(keep), secrets.check(call))));
        } catch (RequestRepeated | Conflict | AnswersTooLarge apiException) {
            // It may be refused for what the same request has just done elsewhere.
            return replay(call, id, fingerprint).orElseThrow(() -> apiException);
        }
    }

    private Optional<Response> replay(Request call, String id, String fingerprint) {
        Optional<IdempotencyRecord> idempotencyRecord = sessions.idempotencyRecord(id);
        if (idempotencyRecord.isPresent()
                && !idempotencyRecord.get().fingerprint().equals(fingerprint)) {
            throw new IdempotencyKeyReused();
        }
        return idempotencyRecord.map(kept -> replayed(call, kept));
    }

    /** By the rules for the session as it stands now: it may have been claimed since. */
    private Response replayed(Request call, IdempotencyRecord idempotencyRecord) {
        Response answer = Response.restored(idempotencyRecord.answer()).with(REPLAYED, "true");
        if (access.mode() == Mode.LOCAL || idempotencyRecord.sessionId().isEmpty()) {
            return answer;
        }
        Session session = sessions.find(idempotencyRecord.sessionId().get());
        secrets.check(call).accept(session);
        return answer.with(answer.cookie().map(cookie -> cookie.with(session.claimSecret())));
    }

    private String id(Request call, String subject, String key) {
        String shown = access.isOperator(call) ? "operator" : "";
        if (shown.isEmpty() && subject.isEmpty() && !UUID.matcher(key).matches()) {
            throw new InvalidField(
                    HEADER,
                    "must be a UUID if the request names neither a session nor a user, or if its response moves the cookie"
                            + " that names one, because others must not guess it");
        }
        return hash(shown, subject, call.route(), key);
    }

    private static Optional<String> key(Request call) {
        List<String> lines = call.header(HEADER);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var key = KEY.matcher(lines.getFirst());
        if (lines.size() > 1 || !key.matches()) {
            throw new InvalidField(
                    HEADER, "must be one text of 1 to 255 visible characters, preferably a UUID in quotes");
        }
        return Optional.of(key.group(2));
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
