package dev.onward;

import dev.onward.json.Json;
import dev.onward.json.PlainValues;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.AnswersTooLarge;
import dev.onward.model.OnboardingException.RequestRepeated;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
     * @param arguments tell calls with the same key apart; only asked for if there is a key
     * @throws OnboardingException.IdempotencyKeyReused if the key was used for another call
     */
    <R, V> V call(
            String operation,
            Supplier<List<String>> arguments,
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
        String id =
                IdempotencyRecord.hash(List.of(SCOPE, options.idempotencyKey().get()));
        String fingerprint = IdempotencyRecord.hash(List.of(operation, IdempotencyRecord.hash(arguments.get())));
        Optional<R> before = stored(id, fingerprint, results);
        if (before.isPresent()) {
            return view.apply(before.get());
        }
        try {
            return view.apply(write.on(new WriteConditions<>(
                    revisions, Optional.of(new WriteConditions.Idempotency<>(id, fingerprint, results::write)))));
        } catch (RequestRepeated | ConflictException | AnswersTooLarge e) {
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

    /** An answer as text, the same for equal values: whatever the order of its fields, and however numbers are written. */
    static String text(Object answer) {
        return Json.write(sorted(PlainValues.comparable(answer)));
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            fields.forEach((name, field) -> sorted.put(String.valueOf(name), sorted(field)));
            return sorted;
        }
        return value instanceof List<?> items
                ? items.stream().map(IdempotentCalls::sorted).collect(Collectors.toCollection(ArrayList::new))
                : value;
    }
}
