package dev.onward;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.AnswersTooLarge;
import dev.onward.model.OnboardingException.Conflict;
import dev.onward.model.OnboardingException.RequestRepeated;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Executes a write once for each idempotency key, however often it is called. */
final class IdempotentCalls {
    /** Keeps the keys of the Java API apart from those of HTTP requests. */
    private static final String SCOPE = "java";

    private final SessionService service;

    IdempotentCalls(SessionService service) {
        this.service = service;
    }

    /** A write on conditions. */
    @FunctionalInterface
    interface Write<R> {
        R on(WriteConditions<R> conditions);
    }

    /**
     * @param arguments tell calls with the same key apart
     * @throws OnboardingException.IdempotencyKeyReused if the key was used for another call
     */
    <R, V> V call(
            String operation,
            List<String> arguments,
            WriteOptions options,
            Write<R> write,
            StoredResults<R> results,
            Function<R, V> view) {
        Optional<Set<Long>> revisions = options.expectedRevision().isPresent()
                ? Optional.of(Set.of(options.expectedRevision().getAsLong()))
                : Optional.empty();
        if (options.idempotencyKey().isEmpty()) {
            return view.apply(write.on(new WriteConditions<>(revisions, Optional.empty())));
        }
        String id = hash(List.of(SCOPE, options.idempotencyKey().get()));
        String fingerprint = hash(List.of(operation, hash(arguments)));
        Optional<R> before = stored(id, fingerprint, results);
        if (before.isPresent()) {
            return view.apply(before.get());
        }
        try {
            return view.apply(write.on(new WriteConditions<>(
                    revisions, Optional.of(new WriteConditions.Idempotency<>(id, fingerprint, results::write)))));
        } catch (RequestRepeated | Conflict | AnswersTooLarge e) {
            // The same call may just have been executed elsewhere.
            return view.apply(stored(id, fingerprint, results).orElseThrow(() -> e));
        }
    }

    private <R> Optional<R> stored(String id, String fingerprint, StoredResults<R> results) {
        Optional<IdempotencyRecord> found = service.idempotencyRecord(id);
        if (found.isPresent() && !found.get().fingerprint().equals(fingerprint)) {
            throw new OnboardingException.IdempotencyKeyReused();
        }
        return found.map(stored -> results.read(service, stored.answer()));
    }

    /** An answer as text, the same for equal values. */
    static String text(Object answer) {
        return Json.write(answer);
    }

    private static String hash(List<String> parts) {
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
