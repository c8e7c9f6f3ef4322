package dev.onward.schema.review;

import dev.onward.schema.validator.LinearPattern;
import dev.onward.schema.validator.SchemaTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds required fields without a schema; their name is probably misspelled. */
final class RequiredFields {
    /** Keywords whose schemas apply to the same value. */
    private static final Set<String> IN_PLACE =
            Set.of("allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas");

    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

    private final SchemaTree tree;
    private final IssueCollector findings;

    /** What the schema says about one value, at any position. */
    private static final class Scope {
        private final Set<String> fields = new HashSet<>();
        private final List<String> patterns = new ArrayList<>();
        private final List<Required> required = new ArrayList<>();
        private final Map<String, Boolean> parts = new LinkedHashMap<>();
        private final Set<String> followed = new HashSet<>();
        private boolean ofAnyField;

        private boolean knows(String field) {
            return ofAnyField
                    || fields.contains(field)
                    || patterns.stream().anyMatch(pattern -> matches(pattern, field));
        }
    }

    private record Required(String at, String field, Map<?, ?> schema) {}

    private RequiredFields(SchemaTree tree, IssueCollector findings) {
        this.tree = tree;
        this.findings = findings;
    }

    /** @param tree a schema with valid patterns and references */
    static void check(SchemaTree tree, IssueCollector findings) {
        new RequiredFields(tree, findings).check("", false);
    }

    /** @param isDefinition whether it is referenced elsewhere, where other schemas may apply to the same value */
    private void check(String at, boolean isDefinition) {
        Scope scope = new Scope();
        collect(at, scope, true);
        if (!isDefinition || !scope.fields.isEmpty()) {
            scope.required.stream()
                    .filter(required -> !scope.knows(required.field()))
                    .forEach(required -> report(required, scope));
        }
        scope.parts.forEach(this::check);
    }

    private void collect(String at, Scope scope, boolean withRequired) {
        Map<?, ?> schema = tree.at(at).orElse(Map.of());
        names(schema.get("properties")).forEach(scope.fields::add);
        names(schema.get("patternProperties")).forEach(scope.patterns::add);
        scope.ofAnyField |=
                isSchema(schema.get("additionalProperties")) || isSchema(schema.get("unevaluatedProperties"));
        if (withRequired) {
            required(at + "/required", schema.get("required"), schema, scope);
            if (schema.get("dependentRequired") instanceof Map<?, ?> dependent) {
                dependent.forEach((field, required) -> required(
                        at + "/dependentRequired/" + SchemaTree.escaped(String.valueOf(field)),
                        required,
                        schema,
                        scope));
            }
        }
        if (schema.get("$ref") instanceof String reference && scope.followed.add(reference)) {
            collect(reference.substring(1), scope, false);
        }
        SchemaTree.below(at, schema).forEach((below, subschema) -> {
            String keyword = below.substring(at.length() + 1).split("/", -1)[0];
            if (IN_PLACE.contains(keyword)) {
                collect(below, scope, withRequired);
            } else if (withRequired && !keyword.equals("not")) {
                scope.parts.put(below, DEFINITIONS.contains(keyword));
            }
        });
    }

    private static void required(String at, @Nullable Object names, Map<?, ?> schema, Scope scope) {
        if (names instanceof List<?> list) {
            list.forEach(name -> scope.required.add(new Required(at, String.valueOf(name), schema)));
        }
    }

    private void report(Required required, Scope scope) {
        String suggestion = SimilarWord.to(required.field(), scope.fields)
                .map(field -> ": did you mean " + field + "?")
                .orElse(": add it to properties, or remove it");
        boolean rejects = Boolean.FALSE.equals(required.schema().get("additionalProperties"))
                && !names(required.schema().get("properties")).contains(required.field())
                && names(required.schema().get("patternProperties")).stream()
                        .noneMatch(pattern -> matches(pattern, required.field()));
        String names = "names " + required.field();
        if (rejects) {
            findings.problem(required.at(), names + ", which additionalProperties: false rejects" + suggestion);
        } else {
            findings.warning(required.at(), names + ", which has no schema" + suggestion);
        }
    }

    private static boolean matches(String pattern, String field) {
        return LinearPattern.compile(pattern).matches(field);
    }

    private static List<String> names(@Nullable Object named) {
        return named instanceof Map<?, ?> map
                ? map.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    private static boolean isSchema(@Nullable Object value) {
        return value instanceof Map<?, ?> || Boolean.TRUE.equals(value);
    }
}
