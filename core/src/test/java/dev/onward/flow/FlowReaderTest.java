package dev.onward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.kblock.Intensity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowReaderTest {

    @Test
    void readsTheBuiltInFlowByTheSameCode() {
        Flow genesis = FlowCatalog.builtIn().find("genesis").orElseThrow();
        assertThat(genesis.version()).isEqualTo(1);
        assertThat(genesis.onboarding()).isTrue();
        assertThat(genesis.completesEarly()).isTrue();
        assertThat(genesis.completes()).isEqualTo(Completes.LAST_STEP);
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
        assertThat(flow.completes()).isEqualTo(Completes.CALL);
        assertThat(flow.retentionHours()).hasValue(72);
        assertThat(flow.steps().getFirst().ui()).isEqualTo(Map.of("control", "text", "rows", 1L, "wide", true));
        Way named = flow.way(Answers.none().with("name", Answer.Given.of("Ada")));
        assertThat(named.next()).map(Step::id).contains("photo");
        assertThat(named.missing()).isEmpty();
        assertThat(flow.way(Answers.none()).missing()).extracting(Step::id).containsExactly("name");
        assertThat(flow.declarationStep()).isEmpty();
    }

    @Test
    void tellsAllErrorsAtOnceWithFileLineAndKey() {
        assertThat(errors("""
                flow: Tour
                colour: red
                onboarding: maybe
                completes: sometimes
                retention_hours: 0
                steps:
                  - id: started
                    title: A
                  - id: twice
                    title: B
                    creates: poem
                  - id: twice
                """))
                .containsExactlyInAnyOrder(
                        "bad.yaml:1: flow must match [a-z][a-z0-9-]{0,31}.",
                        "bad.yaml:1: title is missing: add it.",
                        "bad.yaml:3: onboarding must be true or false.",
                        "bad.yaml:4: completes must be one of call, last_step.",
                        "bad.yaml:5: retention_hours must be a whole number from 1 to 87600.",
                        "bad.yaml:7: steps[0].id must not be the name of a milestone: started, completed.",
                        "bad.yaml:11: steps[1].creates must be one of kblock.",
                        "bad.yaml:12: steps[2].id stands twice: give each step an id of its own.",
                        "bad.yaml:12: steps[2].title is missing: add it.",
                        "bad.yaml:2: colour is not known here; known are flow, title, onboarding, completes,"
                                + " completes_early, completion_message, retention_hours, steps.");
    }

    @Test
    void aReviewTellsWhereASchemaIsNoneAndWhatADependencyNames() {
        assertThat(errors("""
                flow: review
                title: Review
                steps:
                  - id: role
                    title: Role
                    input:
                      type: string
                      pattern: (a)\\1
                    when:
                      team: {const: x}
                  - id: team
                    title: Team
                    revisable: true
                    creates: kblock
                    when:
                      - role: {type: objekt}
                        nobody: {const: 1}
                """))
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error)
                                .startsWith("bad.yaml:8: steps[0].input.pattern is an expression that"),
                        error -> assertThat(error)
                                .isEqualTo("bad.yaml:10: steps[0].when.team is not an earlier step: a step may depend"
                                        + " on those before it only."),
                        error -> assertThat(error).startsWith("bad.yaml:13: steps[1].revisable must be false"),
                        error -> assertThat(error).startsWith("bad.yaml:16: steps[1].when[0].role.type is no JSON"),
                        error -> assertThat(error).startsWith("bad.yaml:16: steps[1].when[0].role.type is no JSON"),
                        error -> assertThat(error)
                                .isEqualTo("bad.yaml:17: steps[1].when[0].nobody is no step of this flow."));
    }

    @Test
    void aStepIsVisibleWhileTheAnswersItDependsOnCount() {
        Flow flow = FlowReader.review("branch.yaml", """
                flow: branch
                title: Branch
                steps:
                  - {id: role, title: Role, input: {enum: [maker, manager]}}
                  - {id: tools, title: Tools, when: {role: {const: maker}}}
                  - {id: depth, title: Depth, when: {tools: {type: string}}}
                  - id: team
                    title: Team
                    when:
                      - {role: {const: manager}}
                      - {tools: {const: all}}
                """);
        Answers answers = Answers.none();
        assertThat(visible(flow, answers)).containsExactly("role");
        answers = answers.with("role", Answer.Given.of("maker"));
        assertThat(visible(flow, answers)).containsExactly("role", "tools");
        answers = answers.with("tools", Answer.Given.of("all"));
        assertThat(visible(flow, answers)).containsExactly("role", "tools", "depth", "team");
        answers = answers.with("role", Answer.Given.of("manager"));
        assertThat(visible(flow, answers)).containsExactly("role", "team");
        answers = answers.with("role", new Answer.Skipped());
        assertThat(visible(flow, answers)).containsExactly("role");
    }

    private static List<String> visible(Flow flow, Answers answers) {
        return flow.way(answers).steps().stream().map(Step::id).toList();
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThat(errors("flow: [")).singleElement().asString().startsWith("bad.yaml:");
        assertThat(errors("")).containsExactly("bad.yaml: is empty.");
        assertThat(errors("flow: a\nflow: b\n")).containsExactly("bad.yaml:2: flow stands twice: keep one.");
        assertThat(errors("flow: &a [*a]\n")).singleElement().asString().contains("uses an alias");
        assertThat(errors("just text")).contains("bad.yaml:1: the flow must be a mapping of keys to values.");
    }

    private static List<String> errors(String yaml) {
        try {
            FlowReader.review("bad.yaml", yaml);
        } catch (FlowFormatException e) {
            return e.errors();
        }
        throw new AssertionError("was read");
    }
}
