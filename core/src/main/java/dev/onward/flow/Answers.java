package dev.onward.flow;

import dev.onward.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The result of each step so far, in order. Immutable. */
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
     * Reads the output of {@link #json}.
     *
     * @throws IllegalArgumentException if the text is anything else
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
                return new Answer.Submitted(
                        value, Optional.ofNullable(fields.get(KBLOCK)).map(String::valueOf));
            }
        }
        return new Answer.Skipped();
    }

    /**
     * As a JSON object: for each step its {@code answer} and the {@code kblock_id} created from it, or {@code skipped}.
     */
    public String json() {
        Map<String, Object> entries = new LinkedHashMap<>();
        byStep.forEach((step, answer) -> entries.put(
                step,
                switch (answer) {
                    case Answer.Submitted(Object value, Optional<String> kblockId) -> {
                        Map<String, Object> entry = new LinkedHashMap<>(Map.of(ANSWER, value));
                        kblockId.ifPresent(id -> entry.put(KBLOCK, id));
                        yield entry;
                    }
                    case Answer.Skipped() -> Map.of(SKIPPED, true);
                }));
        return Json.write(entries);
    }

    /** The size as JSON in UTF-8, in bytes. */
    public int size() {
        return json().getBytes(StandardCharsets.UTF_8).length;
    }

    public Optional<Answer> of(String step) {
        return Optional.ofNullable(byStep.get(step));
    }

    /** The answer to a step; empty if it was skipped or is not done. */
    public Optional<Answer.Submitted> submitted(String step) {
        return of(step).flatMap(answer -> switch (answer) {
            case Answer.Submitted submitted -> Optional.of(submitted);
            case Answer.Skipped() -> Optional.empty();
        });
    }

    public boolean has(String step) {
        return byStep.containsKey(step);
    }

    /** A copy with another answer to a step. */
    public Answers with(String step, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(byStep);
        more.put(step, answer);
        return new Answers(more);
    }

    /** A copy without the answer to a step. */
    public Answers without(String step) {
        Map<String, Answer> others = new LinkedHashMap<>(byStep);
        others.remove(step);
        return new Answers(others);
    }
}
