package dev.onward.web.session;

import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException.AnswersTooLarge;
import dev.onward.model.OnboardingException.IdempotencyKeyReused;
import dev.onward.model.OnboardingException.RequestRepeated;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Session;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RoutedRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Performs a request once, however often it is sent with the same {@code Idempotency-Key}. The response is stored in
 * the transaction of the change, and a retry gets the stored response (draft-ietf-httpapi-idempotency-key-header-07).
 */
public final class IdempotentRequests {
    public static final String HEADER = "Idempotency-Key";
    public static final String REPLAY_HEADER = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("(\"?)([\\x21\\x23-\\x7e]{1,255})\\1");

    /** RFC 9562, without the nil and max UUIDs, which are never generated. */
    private static final Pattern UUID = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final SessionService sessions;
    private final AccessPolicy access;
    private final ClaimSecretGuard secrets;

    public IdempotentRequests(SessionService sessions, AccessPolicy access, ClaimSecretGuard secrets) {
        this.sessions = sessions;
        this.access = access;
        this.secrets = secrets;
    }

    /**
     * @param subject the session or user of the key; empty if there is none
     * @param change performs the change under the request's conditions
     * @param answer creates the response from the result
     */
    public <R> Response once(
            RoutedRequest request,
            String subject,
            Function<WriteConditions<R>, R> change,
            Function<R, Response> answer) {
        Optional<String> key = key(request);
        if (key.isEmpty()) {
            return answer.apply(change.apply(
                    new WriteConditions<>(IfMatch.revisions(request), Optional.empty(), secrets.check(request))));
        }
        String id = id(request, subject, key.get());
        String fingerprint = IdempotencyRecord.hash(
                List.of(request.rawPath(), request.rawQuery(), request.body().text()));
        Optional<Response> before = replay(request, id, fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        WriteConditions.Idempotency<R> keep = new WriteConditions.Idempotency<>(
                id, fingerprint, result -> StoredResponse.write(answer.apply(result)));
        try {
            return answer.apply(change.apply(
                    new WriteConditions<>(IfMatch.revisions(request), Optional.of(keep), secrets.check(request))));
        } catch (RequestRepeated | ConflictException | AnswersTooLarge apiException) {
            // The same request may just have succeeded on another node and caused this rejection.
            return replay(request, id, fingerprint).orElseThrow(() -> apiException);
        }
    }

    private Optional<Response> replay(RoutedRequest request, String id, String fingerprint) {
        Optional<IdempotencyRecord> idempotencyRecord = sessions.idempotencyRecord(id);
        if (idempotencyRecord.isPresent()
                && !idempotencyRecord.get().fingerprint().equals(fingerprint)) {
            throw new IdempotencyKeyReused();
        }
        return idempotencyRecord.map(stored -> replayed(request, stored));
    }

    /** Checks access to the session again: it may have been claimed since the response was stored. */
    private Response replayed(RoutedRequest request, IdempotencyRecord idempotencyRecord) {
        Response answer = StoredResponse.read(idempotencyRecord.answer()).with(REPLAY_HEADER, "true");
        if (access.mode() == Mode.LOCAL || idempotencyRecord.sessionId().isEmpty()) {
            return answer;
        }
        Session session = sessions.find(idempotencyRecord.sessionId().get());
        secrets.check(request).accept(session);
        return answer.with(answer.cookie().map(cookie -> cookie.with(session.claimSecret())));
    }

    private String id(RoutedRequest request, String subject, String key) {
        String shown = access.isOperator(request) ? "operator" : "";
        if (shown.isEmpty() && subject.isEmpty() && !UUID.matcher(key).matches()) {
            throw ApiException.invalidField(
                    HEADER,
                    "must be a UUID, which nobody can guess, if the request names neither a session nor a user, or if its"
                            + " response replaces the session cookie");
        }
        return IdempotencyRecord.hash(List.of(shown, subject, request.route(), key));
    }

    private static Optional<String> key(RoutedRequest request) {
        List<String> lines = request.listHeader(HEADER);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var key = KEY.matcher(lines.getFirst());
        if (lines.size() > 1 || !key.matches()) {
            throw ApiException.invalidField(
                    HEADER, "must be a single value of 1 to 255 visible characters, preferably a quoted UUID");
        }
        return Optional.of(key.group(2));
    }
}
