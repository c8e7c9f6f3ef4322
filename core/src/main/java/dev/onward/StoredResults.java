package dev.onward;

import dev.onward.json.Json;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.session.ClaimResult;
import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.session.StartResult;
import dev.onward.transition.Onboarding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the result of a write is stored under its idempotency key, and read again for a repeat, with the session as it is
 * then.
 *
 * @param store as JSON
 * @param restore from what was stored
 */
record StoredResults<R>(Function<R, Map<String, Object>> store, Restore<R> restore) {
    private static final String SESSION_ID = "session_id";

    interface Restore<R> {
        R of(SessionService service, Map<?, ?> stored);
    }

    static final StoredResults<Onboarding> SESSION =
            new StoredResults<>(StoredResults::session, StoredResults::onboarding);

    static final StoredResults<DeclarationResult> DECLARED = new StoredResults<>(
            result -> session(result.onboarding()),
            (service, stored) -> DeclarationResult.of(onboarding(service, stored)));

    static final StoredResults<StartResult> STARTED = new StoredResults<>(
            result -> Map.of(SESSION_ID, id(result.onboarding()), "resumed", result.resumed()),
            (service, stored) ->
                    new StartResult(onboarding(service, stored), Boolean.TRUE.equals(stored.get("resumed"))));

    static final StoredResults<ClaimResult> CLAIMED = new StoredResults<>(
            result -> Map.of(
                    SESSION_ID,
                    id(result.onboarding()),
                    "outcome",
                    result.result().code(),
                    "superseded",
                    result.superseded().map(List::of).orElse(List.of()),
                    "merged",
                    result.merged(),
                    "left",
                    result.left()),
            (service, stored) -> new ClaimResult(
                    ClaimOutcome.valueOf(String.valueOf(stored.get("outcome")).toUpperCase(Locale.ROOT)),
                    onboarding(service, stored),
                    strings(stored, "superseded").stream().findFirst(),
                    strings(stored, "merged"),
                    strings(stored, "left")));

    String write(R result) {
        return Json.write(store.apply(result));
    }

    R read(SessionService service, String json) {
        if (Json.read(json) instanceof Map<?, ?> stored) {
            return restore.of(service, stored);
        }
        throw new IllegalStateException("a stored result is no JSON object");
    }

    private static Map<String, Object> session(Onboarding onboarding) {
        return Map.of(SESSION_ID, id(onboarding));
    }

    private static String id(Onboarding onboarding) {
        return onboarding.session().id();
    }

    private static Onboarding onboarding(SessionService service, Map<?, ?> stored) {
        return service.get(String.valueOf(stored.get(SESSION_ID)));
    }

    private static List<String> strings(Map<?, ?> stored, String key) {
        return Optional.ofNullable(stored.get(key))
                .filter(List.class::isInstance)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }
}
