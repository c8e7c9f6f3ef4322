package dev.onward.schema.review;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.AnswerSchema;
import dev.onward.schema.validator.SchemaTree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks that a schema accepts the values that it contains itself: its default, examples and choices. */
final class DeclaredValues {
    private static final String DEFINITIONS = "$defs";
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");

    private static final Set<String> NAMING_VALUES = Set.of("default", "examples", "enum", "const", "anyOf", "oneOf");

    /** Keywords that cannot reject constants. */
    private static final Set<String> OF_CONSTANTS = Set.of("enum", "const", "title", "description", "$comment");

    private final Map<String, @Nullable Object> root;
    private final IssueCollector findings;

    /** Whether references can be followed; all of them lead to {@code $defs}. */
    private final boolean followed;

    DeclaredValues(Map<String, @Nullable Object> root, SchemaTree tree, IssueCollector findings) {
        this.root = root;
        this.findings = findings;
        this.followed = findings.problems().isEmpty() && references(tree).allMatch(DeclaredValues::isDefinition);
    }

    void check(String at, Map<?, ?> schema) {
        boolean mayReject =
                !Collections.disjoint(schema.keySet(), NAMING_VALUES) && !OF_CONSTANTS.containsAll(schema.keySet());
        if (mayReject && !findings.problemsBelow(at)) {
            alone(schema).ifPresent(alone -> check(at, alone));
        }
    }

    private void check(String at, AnswerSchema schema) {
        JsonNode node = Json.MAPPER.valueToTree(schema.definition());
        Map<String, JsonNode> shown = entries("/examples", node.path("examples"));
        put(shown, "/default", node.path("default"));
        rejected(schema, shown)
                .forEach((where, why) -> findings.warning(at + where, "does not match its own schema: it " + why));
        Map<String, JsonNode> choices = choices(node);
        Map<String, String> rejected = rejected(schema, choices);
        boolean all = rejected.size() == choices.size();
        rejected.forEach((where, why) -> {
            if (all) {
                findings.problem(at + where, "can never be valid, like any other value here: it " + why);
            } else {
                findings.warning(at + where, "can never be valid: it " + why);
            }
        });
    }

    /** The rejected values with the reason. */
    private static Map<String, String> rejected(AnswerSchema schema, Map<String, JsonNode> values) {
        Map<String, String> rejected = new LinkedHashMap<>();
        values.forEach((where, value) ->
                schema.violations(value).stream().findFirst().ifPresent(first -> rejected.put(where, describe(first))));
        return rejected;
    }

    private static String describe(Violation violation) {
        return violation.pointer().isEmpty()
                ? violation.problem()
                : "has " + violation.pointer() + ", which " + violation.problem();
    }

    private static Map<String, JsonNode> choices(JsonNode schema) {
        Map<String, JsonNode> choices = entries("/enum", schema.path("enum"));
        put(choices, "/const", schema.path("const"));
        for (String keyword : CHOICES) {
            JsonNode options = schema.path(keyword);
            if (options.valueStream().allMatch(option -> option.has("const"))) {
                for (int i = 0; i < options.size(); i++) {
                    put(
                            choices,
                            "/" + keyword + "/" + i + "/const",
                            options.path(i).path("const"));
                }
            }
        }
        return choices;
    }

    private static Map<String, JsonNode> entries(String at, JsonNode list) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            put(entries, at + "/" + i, list.path(i));
        }
        return entries;
    }

    private static void put(Map<String, JsonNode> values, String where, JsonNode value) {
        if (!value.isMissingNode()) {
            values.put(where, value);
        }
    }

    /** A part of the schema as its own schema; empty if it means nothing by itself. */
    private Optional<AnswerSchema> alone(Map<?, ?> schema) {
        Map<String, @Nullable Object> alone = new LinkedHashMap<>();
        schema.forEach((keyword, value) -> alone.put(String.valueOf(keyword), value));
        if (references(new SchemaTree(alone)).findAny().isEmpty()) {
            return Optional.of(AnswerSchema.of(alone));
        }
        alone.putIfAbsent(DEFINITIONS, root.getOrDefault(DEFINITIONS, Map.of()));
        return followed ? Optional.of(AnswerSchema.of(alone)) : Optional.empty();
    }

    private static Stream<String> references(SchemaTree tree) {
        return tree.schemas().values().stream()
                .filter(schema -> schema.containsKey("$ref"))
                .map(schema -> String.valueOf(schema.get("$ref")));
    }

    private static boolean isDefinition(String reference) {
        return reference.startsWith("#/" + DEFINITIONS + "/");
    }
}
