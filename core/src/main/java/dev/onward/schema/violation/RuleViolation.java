package dev.onward.schema.violation;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.validator.SchemaTree;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A violated rule, at the field that must change.
 *
 * @param pointer the position as a JSON Pointer into the answer
 * @param sentence the problem, as the rest of a sentence; only the beginning of a long answer is quoted
 */
record RuleViolation(Error error, String pointer, Supplier<String> sentence) {
    /** Keywords with which a schema only names required fields. */
    private static final Set<String> OF_FIELDS =
            Set.of("required", "properties", "type", "title", "description", "$comment");

    /** One error of the validator may concern several fields. */
    static List<RuleViolation> of(Error error) {
        return switch (String.valueOf(error.getKeyword())) {
            case "required", "additionalProperties", "unevaluatedProperties", "propertyNames" ->
                List.of(below(error, String.valueOf(error.getProperty())));
            case "dependentRequired", "items", "unevaluatedItems" -> List.of(below(error, argument(error, 0)));
            case "dependencies" ->
                missing(error).map(name -> below(error, name)).toList();
            case "false" ->
                List.of(dependent(error).map(name -> below(error, name)).orElseGet(() -> atField(error)));
            case "oneOf" -> eachOf(error, excluding(error));
            case "not" -> eachOf(error, namesIn(error.getSchemaNode()));
            default -> List.of(atField(error));
        };
    }

    String words() {
        return sentence.get();
    }

    /** The violation as shown to people. */
    Violation violation() {
        return new Violation(pointer, words());
    }

    private static RuleViolation atField(Error error) {
        return new RuleViolation(error, error.getInstanceLocation().toString(), () -> ViolationMessages.of(error));
    }

    private static RuleViolation below(Error error, String name) {
        return new RuleViolation(error, pointer(error, name), () -> ViolationMessages.of(error));
    }

    private static String pointer(Error error, String name) {
        return error.getInstanceLocation() + "/" + SchemaTree.escaped(name);
    }

    private static String argument(Error error, int index) {
        return String.valueOf(error.getArguments()[index]);
    }

    /** The fields that {@code dependencies} of older drafts require and the answer lacks. */
    private static Stream<String> missing(Error error) {
        return error.getSchemaNode()
                .path(String.valueOf(error.getProperty()))
                .valueStream()
                .map(JsonNode::asString)
                .filter(name -> !error.getInstanceNode().has(name));
    }

    /** The field that {@code dependentSchemas} rejects. */
    private static Optional<String> dependent(Error error) {
        NodePath path = error.getEvaluationPath();
        int at = path.getNameCount() - 3;
        return at >= 0 && "dependentSchemas".equals(path.getElement(at))
                ? Optional.of(argument(error, 0)).filter(error.getInstanceNode()::has)
                : Optional.empty();
    }

    /** The fields that cause too many options to match. */
    private static Set<String> excluding(Error error) {
        if (!ChoiceOption.isExceeded(error)) {
            return Set.of();
        }
        List<Set<String>> options = Arrays.stream(argument(error, 1).split(", ", -1))
                .map(index -> namesIn(error.getSchemaNode().path(Integer.parseInt(index))))
                .toList();
        Set<String> names = new LinkedHashSet<>();
        options.forEach(names::addAll);
        names.removeIf(name -> options.stream().allMatch(option -> option.contains(name)));
        boolean each = options.stream().allMatch(option -> option.stream().anyMatch(names::contains));
        return each ? names : Set.of();
    }

    /** The fields that a schema requires; empty if it has other rules. */
    private static Set<String> namesIn(JsonNode schema) {
        Set<String> names = new LinkedHashSet<>();
        if (schema.propertyStream().allMatch(keyword -> OF_FIELDS.contains(keyword.getKey()))) {
            schema.path("required").valueStream().map(JsonNode::asString).forEach(names::add);
        }
        return names;
    }

    private static List<RuleViolation> eachOf(Error error, Set<String> names) {
        if (names.isEmpty()) {
            return List.of(atField(error));
        }
        boolean forItsValue = names.size() == 1 && error.getSchemaNode().has("properties");
        return names.stream()
                .map(name -> forItsValue
                        ? below(error, name)
                        : new RuleViolation(
                                error, pointer(error, name), () -> ViolationMessages.notTogether(name, names)))
                .toList();
    }
}
