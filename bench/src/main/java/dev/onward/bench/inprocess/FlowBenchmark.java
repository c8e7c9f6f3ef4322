package dev.onward.bench.inprocess;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.schema.AnswerSchema;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Computing the visible steps, and validating an answer. */
@State(Scope.Benchmark)
public class FlowBenchmark {
    private static final String FLOW = """
            flow: branching
            title: Branching
            steps:
              - id: role
                title: Role
                input:
                  type: object
                  required: [role]
                  properties:
                    role: {type: string, enum: [lead, member]}
              - id: team
                title: Team
                when:
                  role:
                    properties:
                      role: {const: lead}
                input:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, minLength: 1, maxLength: 80}
              - id: end
                title: End
            """;

    private final Flow flow = FlowReader.read("branching.yaml", FLOW);
    private final Map<String, Object> answer = Map.of("role", "lead");
    private final Answers answers = Answers.none().with("role", Answer.Submitted.of(answer));
    private final AnswerSchema schema = flow.step("role").orElseThrow().input().orElseThrow();

    @Benchmark
    public Object visibleSteps() {
        return flow.visibleSteps(answers).next();
    }

    @Benchmark
    public boolean smallAnswerMeetsItsSchema() {
        return schema.isMetBy(answer);
    }
}
