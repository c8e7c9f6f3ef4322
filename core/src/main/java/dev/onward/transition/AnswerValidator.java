package dev.onward.transition;

import dev.onward.flow.Step;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.AnswerSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validates answers: the rules for all text and numbers from callers, and the schema of the step. */
final class AnswerValidator {
    /** The maximum power of ten, because arithmetic with larger ones takes very long. */
    private static final int MAX_EXPONENT = 400;

    /** The maximum nesting, so that stored answers can be read again. */
    private static final int MAX_DEPTH = 32;

    /** The maximum number of places to report. */
    private static final int MAX_VIOLATIONS = 100;

    private AnswerValidator() {}

    static List<Violation> violations(Step step, Object answer) {
        List<Violation> violations = new ArrayList<>();
        collectUnfit("", answer, 0, violations);
        if (!violations.isEmpty()) {
            return violations.stream().distinct().limit(MAX_VIOLATIONS).toList();
        }
        if (step.input().isEmpty() && step.creates().isEmpty()) {
            return answer.equals(Map.of())
                    ? List.of()
                    : List.of(new Violation("", "must be absent: this step takes no answer, so send no body"));
        }
        step.input().ifPresent(schema -> violations.addAll(violations(schema, answer)));
        if (violations.isEmpty() && step.creates().isPresent()) {
            Declaration.violation(answer).ifPresent(violations::add);
        }
        return violations;
    }

    /** A missing answer is reported as missing, unless an empty object is valid. */
    private static List<Violation> violations(AnswerSchema schema, Object answer) {
        List<Violation> broken = schema.violations(answer);
        boolean missing = answer.equals(Map.of())
                && broken.stream().anyMatch(violation -> violation.pointer().isEmpty());
        return missing ? List.of(new Violation("", "is missing")) : broken;
    }

    private static void collectUnfit(String pointer, @Nullable Object value, int depth, List<Violation> unfit) {
        switch (value) {
            case String text
            when !TextRules.wellFormed(text) ->
                unfit.add(new Violation(pointer, "contains NUL or an unpaired surrogate: send plain text"));
            case BigDecimal number
            when Math.abs((long) number.scale() - number.precision()) > MAX_EXPONENT ->
                unfit.add(new Violation(pointer, "is a number that is too large"));
            case Double number when !Double.isFinite(number) -> unfit.add(new Violation(pointer, "is not a number"));
            case Float number when !Float.isFinite(number) -> unfit.add(new Violation(pointer, "is not a number"));
            case Map<?, ?> fields when depth == MAX_DEPTH && !fields.isEmpty() -> unfit.add(tooDeep(pointer));
            case List<?> items when depth == MAX_DEPTH && !items.isEmpty() -> unfit.add(tooDeep(pointer));
            case Map<?, ?> fields ->
                fields.forEach((name, field) -> {
                    String below = pointer + "/"
                            + String.valueOf(name).replace("~", "~0").replace("/", "~1");
                    if (!TextRules.wellFormed(String.valueOf(name))) {
                        unfit.add(new Violation(pointer, "has a name with NUL or an unpaired surrogate"));
                    }
                    collectUnfit(below, field, depth + 1, unfit);
                });
            case List<?> items -> {
                for (int i = 0; i < items.size(); i++) {
                    collectUnfit(pointer + "/" + i, items.get(i), depth + 1, unfit);
                }
            }
            case null, default -> {}
        }
    }

    private static Violation tooDeep(String pointer) {
        return new Violation(pointer, "is nested deeper than " + MAX_DEPTH + " levels: send a flatter one");
    }
}
