package dev.onward.definition;

import dev.onward.schema.AnswerSchema;
import dev.onward.schema.review.SchemaIssues;
import dev.onward.schema.review.SchemaReview;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reviews the schemas of a flow for publishing: each must be valid and harmless. */
final class StepSchemaReview {
    private final Set<String> withoutAnswer = new HashSet<>();

    private StepSchemaReview() {}

    static void review(YamlMapping flow) {
        StepSchemaReview review = new StepSchemaReview();
        flow.mappings("steps").forEach(review::step);
    }

    private void step(YamlMapping step) {
        step.mapping("input").ifPresent(input -> report(input, SchemaReview.ofAnswer(schema(input))));
        List<YamlMapping> alternatives = step.isList("when")
                ? step.mappings("when")
                : step.mapping("when").stream().toList();
        for (YamlMapping alternative : alternatives) {
            alternative.keys().forEach(id -> condition(alternative, id));
        }
        if (!step.has("input") && !step.has("creates")) {
            withoutAnswer.add(step.text("id", ""));
        }
    }

    private void condition(YamlMapping alternative, String id) {
        alternative
                .mapping(id)
                .filter(schema -> report(schema, SchemaReview.ofCondition(schema(schema))))
                .filter(schema -> withoutAnswer.contains(id))
                .filter(schema -> !schema(schema).isMetBy(Map.of()))
                .ifPresent(schema -> alternative.error(
                        id,
                        "can never match, because that step has no input: give it one, or write {} to require"
                                + " that it is done"));
    }

    private static AnswerSchema schema(YamlMapping schema) {
        return AnswerSchema.of(schema.plain());
    }

    /** Reports issues, and returns whether the schema can be used. */
    private static boolean report(YamlMapping schema, SchemaIssues found) {
        found.problems().forEach(problem -> schema.errorAt(problem.pointer(), problem.problem()));
        found.warnings().forEach(warning -> schema.warningAt(warning.pointer(), warning.problem()));
        return found.problems().isEmpty();
    }
}
