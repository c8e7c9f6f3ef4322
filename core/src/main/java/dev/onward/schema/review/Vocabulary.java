package dev.onward.schema.review;

import dev.onward.schema.validator.SchemaTree;
import dev.onward.schema.validator.StandardFormats;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds unknown keywords of JSON Schema 2020-12. They have no effect, so they are probably misspelled. */
final class Vocabulary {
    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "null", "number", "object", "string");

    private static final Set<String> KEYWORDS = Set.of(
            "$anchor",
            "$comment",
            "$defs",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$ref",
            "$schema",
            "$vocabulary",
            "additionalProperties",
            "allOf",
            "anyOf",
            "const",
            "contains",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "default",
            "definitions",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "deprecated",
            "description",
            "else",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "if",
            "items",
            "maxContains",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minContains",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "not",
            "oneOf",
            "pattern",
            "patternProperties",
            "prefixItems",
            "properties",
            "propertyNames",
            "readOnly",
            "required",
            "then",
            "title",
            "type",
            "unevaluatedItems",
            "unevaluatedProperties",
            "uniqueItems",
            "writeOnly");

    /** Keywords that are long enough to tell a typing error from another word. */
    private static final List<String> LONG_KEYWORDS =
            KEYWORDS.stream().filter(keyword -> keyword.length() > 3).toList();

    private Vocabulary() {}

    static void check(String at, Map<?, ?> schema, IssueCollector findings) {
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            String pointer = at + "/" + SchemaTree.escaped(keyword);
            switch (keyword) {
                case "format" -> checkFormat(pointer, value, findings);
                case "type" -> checkType(pointer, value, findings);
                default -> checkKeyword(pointer, keyword, schema, findings);
            }
        });
    }

    /** Reports only words that resemble a keyword; all others may be custom, such as those that begin with x-. */
    private static void checkKeyword(String pointer, String keyword, Map<?, ?> schema, IssueCollector findings) {
        if (KEYWORDS.contains(keyword) || keyword.startsWith("x-")) {
            return;
        }
        SimilarWord.to(keyword, LONG_KEYWORDS)
                .filter(suggestion -> !schema.containsKey(suggestion))
                .ifPresent(suggestion -> findings.warning(
                        pointer, "is not a JSON Schema keyword and has no effect: did you mean " + suggestion + "?"));
    }

    private static void checkFormat(String pointer, @Nullable Object value, IssueCollector findings) {
        if (value instanceof String format && !StandardFormats.NAMES.contains(format)) {
            findings.warning(
                    pointer,
                    "is an unknown format and is not checked"
                            + SimilarWord.to(format, StandardFormats.NAMES)
                                    .map(suggestion -> ": did you mean " + suggestion + "?")
                                    .orElse(": JSON Schema 2020-12 has "
                                            + String.join(", ", new TreeSet<>(StandardFormats.NAMES))));
        }
    }

    private static void checkType(String pointer, @Nullable Object value, IssueCollector findings) {
        switch (value) {
            case String type -> checkTypeName(pointer, type, findings);
            case List<?> types -> {
                for (int i = 0; i < types.size(); i++) {
                    if (types.get(i) instanceof String type) {
                        checkTypeName(pointer + "/" + i, type, findings);
                    }
                }
            }
            case null, default -> {}
        }
    }

    private static void checkTypeName(String pointer, String type, IssueCollector findings) {
        if (!TYPES.contains(type)) {
            findings.problem(
                    pointer,
                    "is not JSON Schema 2020-12: there is no type " + type
                            + SimilarWord.to(type, TYPES)
                                    .map(suggestion -> ". Did you mean " + suggestion + "?")
                                    .orElse("; there are " + String.join(", ", TYPES)));
        }
    }
}
