package dev.onward.flow;

import dev.onward.schema.AnswerSchema;
import java.util.List;

/** Looks at the schemas of a flow that is to be published: each has to be one, and harmless. */
final class SchemaReview {
    private SchemaReview() {}

    static void review(Mapping flow) {
        for (Mapping step : flow.mappings("steps")) {
            step.mapping("input").ifPresent(SchemaReview::schema);
            List<Mapping> alternatives = step.isList("when")
                    ? step.mappings("when")
                    : step.mapping("when").stream().toList();
            for (Mapping alternative : alternatives) {
                alternative.keys().forEach(id -> alternative.mapping(id).ifPresent(SchemaReview::schema));
            }
        }
    }

    private static void schema(Mapping schema) {
        AnswerSchema.of(schema.plain())
                .problems()
                .forEach(problem -> schema.errorAt(problem.pointer(), problem.problem()));
    }
}
