package dev.onward.flow;

import dev.onward.schema.AnswerSchema;
import dev.onward.schema.SchemaFindings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the schemas of a flow that is to be published: each has to be one, and harmless. */
final class SchemaReview {
    private final Set<String> withoutAnswer = new HashSet<>();

    private SchemaReview() {}

    static void review(Mapping flow) {
        SchemaReview review = new SchemaReview();
        flow.mappings("steps").forEach(review::step);
    }

    private void step(Mapping step) {
        step.mapping("input").ifPresent(input -> tell(input, schema(input).review()));
        List<Mapping> alternatives = step.isList("when")
                ? step.mappings("when")
                : step.mapping("when").stream().toList();
        for (Mapping alternative : alternatives) {
            alternative.keys().forEach(id -> condition(alternative, id));
        }
        if (!step.has("input") && !step.has("creates")) {
            withoutAnswer.add(step.text("id", ""));
        }
    }

    private void condition(Mapping alternative, String id) {
        alternative
                .mapping(id)
                .filter(schema -> tell(schema, schema(schema).reviewAsCondition()))
                .filter(schema -> withoutAnswer.contains(id))
                .filter(schema -> !schema(schema).isMetBy(Map.of()))
                .ifPresent(schema -> alternative.error(
                        id, "can never hold, for that step has no input: give it one, or write {} for its being done"));
    }

    private static AnswerSchema schema(Mapping schema) {
        return AnswerSchema.of(schema.plain());
    }

    /** Whether it may serve. */
    private static boolean tell(Mapping schema, SchemaFindings found) {
        found.problems().forEach(problem -> schema.errorAt(problem.pointer(), problem.problem()));
        found.warnings().forEach(warning -> schema.warningAt(warning.pointer(), warning.problem()));
        return found.problems().isEmpty();
    }
}
