package dev.onward.schema.review;

import com.networknt.schema.Error;
import dev.onward.schema.AnswerSchema;
import dev.onward.schema.validator.LinearPattern;
import dev.onward.schema.validator.SchemaTree;
import dev.onward.schema.validator.Validators;
import dev.onward.schema.violation.ViolationMessages;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reviews schemas before they are published, beyond the meta-schema. */
public final class SchemaReview {
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
    private final IssueCollector findings = new IssueCollector();

    private SchemaReview(SchemaTree tree) {
        this.tree = tree;
    }

    /** Reviews the schema of a step's answer. */
    public static SchemaIssues ofAnswer(AnswerSchema schema) {
        return review(schema.definition(), true);
    }

    /** Reviews a condition, which need not describe every field. */
    public static SchemaIssues ofCondition(AnswerSchema schema) {
        return review(schema.definition(), false);
    }

    private static SchemaIssues review(Map<String, @Nullable Object> schema, boolean ofAnswer) {
        SchemaTree tree = new SchemaTree(schema);
        SchemaReview rules = new SchemaReview(tree);
        rules.look(schema, ofAnswer);
        return rules.findings.all();
    }

    private void look(Map<String, @Nullable Object> schema, boolean ofAnswer) {
        tree.schemas().forEach((at, part) -> {
            check(at, part);
            Vocabulary.check(at, part, findings);
            Contradictions.check(at, part, findings);
        });
        Validators.againstMetaSchema(schema).forEach(this::add);
        if (findings.problems().isEmpty()) {
            SchemaSize.problems(tree).forEach(problem -> findings.problem(problem.pointer(), problem.problem()));
        }
        DeclaredValues values = new DeclaredValues(schema, tree, findings);
        tree.schemas().forEach(values::check);
        if (ofAnswer && findings.problems().isEmpty()) {
            RequiredFields.check(tree, findings);
        }
        if (findings.problems().isEmpty()) {
            Validators.problemOf(schema).ifPresent(problem -> findings.problem("", problem));
        }
    }

    /**
     * Adds one problem for each place, because a keyword that matches no alternative breaks all of them. The problem of
     * a part explains that of the whole.
     */
    private void add(Error error) {
        String pointer = error.getInstanceLocation().toString();
        if (!findings.problemsAt(pointer) && !findings.problemsBelow(pointer)) {
            findings.problem(pointer, "is not JSON Schema 2020-12: it " + ViolationMessages.of(error));
        }
    }

    private void check(String at, Map<?, ?> schema) {
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            String pointer = at + "/" + SchemaTree.escaped(keyword);
            if (NAMING.contains(keyword)) {
                findings.problem(pointer, "is not supported: refer to parts with \"$ref\": \"#/$defs/…\"");
            }
            switch (keyword) {
                case "$schema" -> checkDialect(pointer, value);
                case "$ref" -> checkReference(pointer, value);
                case "pattern" -> checkPattern(pointer, value);
                case "patternProperties" -> {
                    if (value instanceof Map<?, ?> patterns) {
                        patterns.keySet().forEach(pattern -> checkPattern(pointer, pattern));
                    }
                }
                default -> {}
            }
        });
    }

    private void checkDialect(String pointer, @Nullable Object value) {
        if (!"https://json-schema.org/draft/2020-12/schema".equals(value)) {
            findings.problem(pointer, "must be https://json-schema.org/draft/2020-12/schema or absent");
        }
    }

    private void checkPattern(String pointer, @Nullable Object pattern) {
        if (pattern instanceof String text) {
            LinearPattern.problemOf(text).ifPresent(problem -> findings.problem(pointer, problem));
        }
    }

    /** Rejects names with %, because the meaning of a reference must not depend on whether they are decoded. */
    private void checkReference(String pointer, @Nullable Object value) {
        if (!(value instanceof String reference) || !(reference.equals("#") || reference.startsWith("#/"))) {
            findings.problem(pointer, "leads outside the document: refer to its own parts, such as #/$defs/name");
        } else if (reference.contains("%")) {
            findings.problem(pointer, "contains %: give the referenced schema a plain name");
        } else if (tree.at(reference.substring(1)).isEmpty()) {
            findings.problem(
                    pointer, "does not lead to a schema in this document: correct it, or add the schema under $defs");
        }
    }
}
