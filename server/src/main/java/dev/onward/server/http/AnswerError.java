package dev.onward.server.http;

import dev.onward.schema.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way in which an answer breaks the rules of its step.
 *
 * @param field the name of the field; {@code answer} for the whole
 * @param pointer where, as a JSON Pointer into the answer
 */
record AnswerError(String field, String pointer, String detail) {
    /** One for each place, whatever number of rules is broken there. */
    static List<AnswerError> of(List<Violation> violations) {
        Map<String, String> details = new LinkedHashMap<>();
        violations.forEach(violation ->
                details.merge(violation.pointer(), violation.problem(), (one, other) -> one + "; " + other));
        return details.entrySet().stream()
                .map(detail -> of(detail.getKey(), detail.getValue()))
                .toList();
    }

    private static AnswerError of(String pointer, String detail) {
        String last = pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        return new AnswerError(pointer.isEmpty() ? "answer" : last, pointer, detail);
    }
}
