package dev.onward.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import dev.onward.definition.FlowDefinition;
import dev.onward.definition.FlowReader;
import dev.onward.model.FirstDeclaration.Intensity;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowReaderTest {

    @Test
    void readsTheBuiltInFlow() {
        Flow genesis = BuiltInFlow.catalog().find("genesis").orElseThrow();
        assertThat(genesis.version()).isEqualTo(1);
        assertThat(genesis.onboarding()).isTrue();
        assertThat(genesis.completesEarly()).isTrue();
        assertThat(genesis.completes()).isEqualTo(CompletionMode.LAST_STEP);
        assertThat(genesis.retentionHours()).isEmpty();
        assertThat(genesis.completionMessage()).isEqualTo("Welcome to kgents! Your journey begins.");
        assertThat(genesis.steps()).extracting(Step::id).containsExactly("first_declaration");
        assertThat(genesis.declarationStep()).contains(genesis.steps().getFirst());
        assertThat(genesis.steps().getFirst().celebration(Intensity.LOW).emoji())
                .isEqualTo("🌱");
    }

    @Test
    void readsAnotherTeamsFlow() {
        Flow flow = FlowReader.read("tour.yaml", """
                flow: tour
                title: Product tour
                completes: call
                retention_hours: 72
                steps:
                  - id: name
                    title: What shall we call you?
                    input: {type: string, maxLength: 40}
                    ui: {control: text, rows: 1, wide: true}
                  - id: photo
                    title: A photo?
                    optional: true
                """);
        assertThat(flow.completes()).isEqualTo(CompletionMode.CALL);
        assertThat(flow.retentionHours()).hasValue(72);
        assertThat(flow.steps().getFirst().ui()).isEqualTo(Map.of("control", "text", "rows", 1L, "wide", true));
        VisibleSteps named = flow.visibleSteps(Answers.none().with("name", Answer.Submitted.of("Ada")));
        assertThat(named.next()).map(Step::id).contains("photo");
        assertThat(named.missing()).isEmpty();
        assertThat(flow.visibleSteps(Answers.none()).missing())
                .extracting(Step::id)
                .containsExactly("name");
        assertThat(flow.declarationStep()).isEmpty();
    }

    /** Generated clients send null for every field that is not set. */
    @Test
    void treatsNullAsMissing() {
        String spare =
                "{\"flow\": \"tour\", \"title\": \"Tour\", \"steps\": [{\"id\": \"name\", \"title\": \"Name\"}]}";
        String nulls = """
                {"flow": "tour", "title": "Tour", "onboarding": null, "completes": null, "completes_early": null,
                 "completion_message": null, "retention_hours": null, "in_flight": null, "step_map": null,
                 "steps": [{"id": "name", "title": "Name", "description": null, "optional": null, "revisable": null,
                            "when": null, "input": null, "creates": null, "celebration": null, "ui": null}]}
                """;

        assertThat(FlowDefinition.of("body", nulls)).isEqualTo(FlowDefinition.of("body", spare));
    }

    /** Generated clients also send null for a map that is not set. */
    @Test
    void acceptsAnEmptyStepMapWithAnyPolicy() {
        assertThat(FlowDefinition.of("body", """
                        {"flow": "tour", "title": "Tour", "step_map": {}, "steps": [{"id": "name", "title": "Name"}]}
                        """).flow().inFlight()).isEqualTo(new InFlightPolicy.PinSessions());
    }

    @Test
    void reportsAKeyWithoutAValue() {
        assertThatThrownBy(() -> FlowDefinition.of("tour.yaml", """
                        flow: tour
                        title: Tour
                        steps:
                          - id: name
                            title: Name
                            when:
                        """))
                .isInstanceOf(InvalidFlow.class)
                .hasMessageContaining("when");
    }

    @Test
    void aStepIsVisibleOnlyWhileTheAnswersItDependsOnCount() {
        Flow flow = FlowReader.review("branch.yaml", """
                flow: branch
                title: Branch
                steps:
                  - {id: role, title: Role, input: {enum: [maker, manager]}}
                  - {id: tools, title: Tools, input: {type: string}, when: {role: {const: maker}}}
                  - {id: depth, title: Depth, when: {tools: {type: string}}}
                  - id: team
                    title: Team
                    when:
                      - {role: {const: manager}}
                      - {tools: {const: all}}
                """);
        Answers answers = Answers.none();
        assertThat(visible(flow, answers)).containsExactly("role");
        answers = answers.with("role", Answer.Submitted.of("maker"));
        assertThat(visible(flow, answers)).containsExactly("role", "tools");
        answers = answers.with("tools", Answer.Submitted.of("all"));
        assertThat(visible(flow, answers)).containsExactly("role", "tools", "depth", "team");
        answers = answers.with("role", Answer.Submitted.of("manager"));
        assertThat(visible(flow, answers)).containsExactly("role", "team");
        answers = answers.with("role", new Answer.Skipped());
        assertThat(visible(flow, answers)).containsExactly("role");
    }

    private static List<String> visible(Flow flow, Answers answers) {
        return flow.visibleSteps(answers).steps().stream().map(Step::id).toList();
    }
}
