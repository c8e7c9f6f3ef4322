package dev.onward.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a schema has to keep before it may be published, beyond being one. */
final class SchemaRules {
    private static final Set<String> NAMING = Set.of(
            "$id",
            "id",
            "$anchor",
            "$dynamicAnchor",
            "$dynamicRef",
            "$recursiveAnchor",
            "$recursiveRef",
            "$vocabulary");

    private final SchemaTree tree;
    private final List<SchemaProblem> problems = new ArrayList<>();

    private SchemaRules(SchemaTree tree) {
        this.tree = tree;
    }

    static List<SchemaProblem> problems(Map<String, @Nullable Object> schema) {
        SchemaTree tree = new SchemaTree(schema);
        SchemaRules rules = new SchemaRules(tree);
        tree.schemas().forEach(rules::check);
        if (rules.problems.isEmpty()) {
            Validators.againstMetaSchema(schema).forEach(rules::add);
        }
        if (rules.problems.isEmpty()) {
            rules.problems.addAll(SchemaSize.problems(tree));
        }
        if (rules.problems.isEmpty()) {
            Validators.problemOf(schema).ifPresent(problem -> rules.problems.add(new SchemaProblem("", problem)));
        }
        return rules.problems;
    }

    /** One problem for each place: of several rules that a keyword could have kept, it breaks them all. */
    private void add(Error error) {
        String pointer = error.getInstanceLocation().toString();
        if (problems.stream().noneMatch(problem -> problem.pointer().equals(pointer))) {
            problems.add(new SchemaProblem(pointer, "is no JSON Schema 2020-12: " + error.getMessage()));
        }
    }

    private void check(String at, Map<?, ?> schema) {
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            String here = at + "/" + SchemaTree.escaped(keyword);
            if (NAMING.contains(keyword)) {
                problems.add(new SchemaProblem(here, "is not supported: refer to parts by \"$ref\": \"#/$defs/…\""));
            }
            switch (keyword) {
                case "$schema" -> checkDialect(here, value);
                case "$ref" -> checkReference(here, value);
                case "pattern" -> checkPattern(here, value);
                case "patternProperties" -> {
                    if (value instanceof Map<?, ?> patterns) {
                        patterns.keySet().forEach(pattern -> checkPattern(here, pattern));
                    }
                }
                default -> {}
            }
        });
    }

    private void checkDialect(String here, @Nullable Object value) {
        if (!"https://json-schema.org/draft/2020-12/schema".equals(value)) {
            problems.add(new SchemaProblem(here, "must be https://json-schema.org/draft/2020-12/schema, or left out"));
        }
    }

    private void checkPattern(String here, @Nullable Object pattern) {
        if (pattern instanceof String text) {
            LinearPattern.problemOf(text).ifPresent(problem -> problems.add(new SchemaProblem(here, problem)));
        }
    }

    /** Names that need % are refused: whether they are decoded must not decide which schema is meant. */
    private void checkReference(String here, @Nullable Object value) {
        if (!(value instanceof String reference) || !(reference.equals("#") || reference.startsWith("#/"))) {
            problems.add(new SchemaProblem(here, "leaves the document: refer to its own parts, as #/$defs/name"));
        } else if (reference.contains("%")) {
            problems.add(new SchemaProblem(here, "is written with %: give the schema that it leads to a plain name"));
        } else if (tree.at(reference.substring(1)).isEmpty()) {
            problems.add(new SchemaProblem(
                    here, "leads to no schema in this document: correct it, or put that schema under $defs"));
        }
    }
}
