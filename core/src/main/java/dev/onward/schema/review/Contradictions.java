package dev.onward.schema.review;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds rules of a schema that no value can satisfy together. */
final class Contradictions {
    private record Limits(String least, String maximum, boolean mayBeEqual) {}

    private static final List<Limits> LIMITS = List.of(
            new Limits("minLength", "maxLength", true),
            new Limits("minItems", "maxItems", true),
            new Limits("minProperties", "maxProperties", true),
            new Limits("minContains", "maxContains", true),
            new Limits("minimum", "maximum", true),
            new Limits("minimum", "exclusiveMaximum", false),
            new Limits("exclusiveMinimum", "maximum", false),
            new Limits("exclusiveMinimum", "exclusiveMaximum", false));

    private Contradictions() {}

    static void check(String at, Map<?, ?> schema, IssueCollector findings) {
        for (Limits limits : LIMITS) {
            Optional<BigDecimal> least = number(schema.get(limits.least()));
            Optional<BigDecimal> maximum = number(schema.get(limits.maximum()));
            if (least.isPresent() && maximum.isPresent()) {
                int compared = least.get().compareTo(maximum.get());
                if (compared > 0 || (compared == 0 && !limits.mayBeEqual())) {
                    findings.problem(
                            at + "/" + limits.least(),
                            "contradicts " + limits.maximum() + " " + maximum.get() + ": correct one of them");
                }
            }
        }
        if (schema.get("enum") instanceof List<?> values && values.isEmpty()) {
            findings.problem(at + "/enum", "has no values: add some, or remove it");
        }
    }

    private static Optional<BigDecimal> number(@Nullable Object value) {
        return value instanceof Number number ? Optional.of(new BigDecimal(number.toString())) : Optional.empty();
    }
}
