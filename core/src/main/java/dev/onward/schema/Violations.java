package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the validator found, as people are told it: for each place once, whatever number of rules is broken there. */
final class Violations {
    private static final int MOST = 100;
    private static final Set<String> ABOUT_A_PROPERTY =
            Set.of("required", "additionalProperties", "unevaluatedProperties");

    private Violations() {}

    static List<Violation> of(List<Error> errors) {
        Map<String, FieldProblems> fields = new LinkedHashMap<>();
        Set<String> missed = errors.stream()
                .flatMap(error -> Choice.of(error).stream())
                .map(Choice::rule)
                .collect(Collectors.toSet());
        Set<String> exceeded = errors.stream()
                .filter(Choice::isExceeded)
                .map(error -> error.getEvaluationPath().toString())
                .collect(Collectors.toSet());
        missed.removeAll(exceeded);
        for (Error error : errors) {
            boolean toldByItsOptions = Choice.isChoice(error)
                    && missed.contains(error.getEvaluationPath().toString());
            boolean optionOfExceeded = Choice.of(error)
                    .map(Choice::rule)
                    .filter(exceeded::contains)
                    .isPresent();
            if (!toldByItsOptions && !optionOfExceeded) {
                fields.computeIfAbsent(pointer(error), _ -> new FieldProblems()).add(error);
            }
        }
        return fields.entrySet().stream()
                .limit(MOST)
                .map(field -> new Violation(field.getKey(), field.getValue().words()))
                .toList();
    }

    /** What a missing property is about is the property, not the object around it. */
    private static String pointer(Error error) {
        String pointer = error.getInstanceLocation().toString();
        String property = error.getProperty();
        return property != null && ABOUT_A_PROPERTY.contains(String.valueOf(error.getKeyword()))
                ? pointer + "/" + SchemaTree.escaped(property)
                : pointer;
    }
}
