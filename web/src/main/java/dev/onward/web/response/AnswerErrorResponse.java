package dev.onward.web.response;

import dev.onward.model.OnboardingException.Violation;

/**
 * An error in an answer.
 *
 * @param field the name of the field; {@code answer} for the whole
 * @param pointer the position as a JSON Pointer into the answer
 */
public record AnswerErrorResponse(String field, String pointer, String detail) {
    public static AnswerErrorResponse of(Violation violation) {
        String pointer = violation.pointer();
        String last = pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        return new AnswerErrorResponse(pointer.isEmpty() ? "answer" : last, pointer, violation.problem());
    }
}
