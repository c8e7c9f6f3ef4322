package dev.onward.flow;

import dev.onward.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a person did with each step so far, in that order; steps that were not reached are not in it. Immutable. */
public record Answers(Map<String, Answer> byStep) {
    private static final String ANSWER = "answer";
    private static final String SKIPPED = "skipped";
    private static final String KBLOCK = "kblock_id";
    private static final Answers NONE = new Answers(Map.of());
    private static final String NONE_AS_JSON = "{}";

    public Answers {
        byStep = Collections.unmodifiableMap(new LinkedHashMap<>(byStep));
    }

    public static Answers none() {
        return NONE;
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static Answers parse(String json) {
        if (json.equals(NONE_AS_JSON)) {
            return NONE;
        }
        if (!(Json.read(json) instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException("answers that are no JSON object");
        }
        Map<String, Answer> byStep = new LinkedHashMap<>();
        entries.forEach((step, entry) -> byStep.put(String.valueOf(step), answer(entry)));
        return new Answers(byStep);
    }

    private static Answer answer(Object entry) {
        if (entry instanceof Map<?, ?> fields) {
            Object value = fields.get(ANSWER);
            if (value != null) {
                return new Answer.Given(
                        value, Optional.ofNullable(fields.get(KBLOCK)).map(String::valueOf));
            }
        }
        return new Answer.Skipped();
    }

    /** As a JSON object: each step's {@code answer}, with the {@code kblock_id} it made, or {@code skipped}. */
    public String json() {
        Map<String, Object> entries = new LinkedHashMap<>();
        byStep.forEach((step, answer) -> entries.put(
                step,
                switch (answer) {
                    case Answer.Given(Object value, Optional<String> kblockId) -> {
                        Map<String, Object> entry = new LinkedHashMap<>(Map.of(ANSWER, value));
                        kblockId.ifPresent(id -> entry.put(KBLOCK, id));
                        yield entry;
                    }
                    case Answer.Skipped() -> Map.of(SKIPPED, true);
                }));
        return Json.write(entries);
    }

    /** How many bytes they take as JSON in UTF-8. */
    public int size() {
        return json().getBytes(StandardCharsets.UTF_8).length;
    }

    public Optional<Answer> of(String step) {
        return Optional.ofNullable(byStep.get(step));
    }

    /** The answer that was given to a step; empty where it was skipped or is not done. */
    public Optional<Answer.Given> given(String step) {
        return of(step).flatMap(answer -> switch (answer) {
            case Answer.Given given -> Optional.of(given);
            case Answer.Skipped() -> Optional.empty();
        });
    }

    public boolean has(String step) {
        return byStep.containsKey(step);
    }

    /** These, with another one for a step. */
    public Answers with(String step, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(byStep);
        more.put(step, answer);
        return new Answers(more);
    }

    /** These, but for a step's. */
    public Answers without(String step) {
        Map<String, Answer> fewer = new LinkedHashMap<>(byStep);
        fewer.remove(step);
        return new Answers(fewer);
    }
}
