package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.flow.InFlightPolicy;
import dev.onward.transition.AnswerState;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.VersionUpgrade;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Flow OLD = flow("""
            steps:
              - {id: role, title: Role, input: {enum: [maker, manager]}}
              - {id: tools, title: Tools, optional: true, when: {role: {const: maker}}, input: {type: string}}
              - {id: credo, title: Credo, creates: kblock}
              - {id: hello, title: Hello}
            """);

    @Test
    void stepsWithTheSameIdOrInTheMapKeepTheirAnswersAndMilestone() {
        VersionUpgrade migration = migrated(answered("tools"), """
                step_map: {role: job, credo: belief}
                steps:
                  - {id: job, title: Job, input: {type: string}}
                  - {id: tools, title: Tools, input: {type: string}}
                  - {id: belief, title: Belief, creates: kblock}
                """).orElseThrow();
        assertThat(migration.milestone()).isEqualTo("tools");
        assertThat(migration.answerState())
                .isEqualTo(new AnswerState(
                        Answers.none()
                                .with("job", Answer.Submitted.of("maker"))
                                .with("tools", Answer.Submitted.of("hammer")),
                        Optional.of("I believe."),
                        Optional.of("kblock")));
        assertThat(migrated(answered("role"), """
                step_map: {role: job, credo: belief}
                steps:
                  - {id: job, title: Job, input: {type: string}}
                  - {id: tools, title: Tools, input: {type: string}}
                  - {id: belief, title: Belief, creates: kblock}
                """))
                .map(VersionUpgrade::milestone)
                .contains("job");
    }

    @Test
    void anAnswerWithoutAStepIsUnmapped() {
        assertThat(migrated(answered("role"), """
                steps:
                  - {id: role, title: Role, input: {type: string}}
                  - {id: credo, title: Credo, creates: kblock}
                """)).isEmpty();
    }

    @Test
    void anAnswerThatViolatesTheNewSchemaIsUnmapped() {
        assertThat(migrated(answered("role"), """
                steps:
                  - {id: role, title: Role, input: {enum: [manager]}}
                  - {id: tools, title: Tools, input: {type: string}}
                  - {id: credo, title: Credo, creates: kblock}
                """)).isEmpty();
    }

    @Test
    void dropsAnAnswerOnlyIfTheMapSaysSoAndUpdatesTheMilestone() {
        VersionUpgrade migration = migrated(answered("tools"), """
                step_map: {tools: null, credo: null}
                steps:
                  - {id: role, title: Role, input: {type: string}}
                  - {id: credo, title: Credo, creates: kblock}
                """).orElseThrow();
        assertThat(migration.answerState().answers().byStep()).containsOnlyKeys("role");
        assertThat(migration.answerState().firstDeclaration()).isEmpty();
        assertThat(migration.milestone()).isEqualTo("role");
    }

    @Test
    void twoAnswersForOneStepAreUnmapped() {
        assertThat(migrated(answered("role"), """
                step_map: {role: tools, credo: null}
                steps:
                  - {id: tools, title: Tools, input: {type: string}}
                """)).isEmpty();
    }

    @Test
    void twoAnswersForTheDeclarationStepAreUnmapped() {
        Onboarding two = session(
                        Answers.none()
                                .with("role", Answer.Submitted.of("maker"))
                                .with("tools", new Answer.Submitted("hammer", Optional.of("other"))),
                        "tools")
                .with(new AnswerState(
                        Answers.none().with("tools", new Answer.Submitted("hammer", Optional.of("other"))),
                        Optional.of("I believe."),
                        Optional.of("kblock")));
        assertThat(migrated(two, """
                step_map: {tools: credo}
                steps:
                  - {id: credo, title: Credo, creates: kblock, input: {type: string}}
                """)).isEmpty();
    }

    @Test
    void anAnswerAndASkipForOneStepAreUnmappedInAnyOrder() {
        String required = """
                step_map: {role: tools}
                steps:
                  - {id: tools, title: Tools, input: {type: string}}
                """;
        assertThat(migrated(
                        session(
                                Answers.none()
                                        .with("role", Answer.Submitted.of("maker"))
                                        .with("tools", new Answer.Skipped()),
                                "role"),
                        required))
                .isEmpty();
        assertThat(migrated(
                        session(
                                Answers.none()
                                        .with("tools", new Answer.Skipped())
                                        .with("role", Answer.Submitted.of("maker")),
                                "role"),
                        required))
                .isEmpty();
    }

    @Test
    void aDeclarationWithoutAStepMovesToTheDeclarationStep() {
        Flow plain = flow("steps:\n  - {id: role, title: Role}\n");
        Session started = Session.begin("id", Optional.empty(), "flow", 1, NOON);
        Onboarding declared = new Onboarding(
                started.with(new AnswerState(Answers.none(), Optional.of("I believe."), Optional.of("kblock"))), plain);
        String credo = "steps:\n  - {id: role, title: Role}\n  - {id: credo, title: Credo, creates: kblock}\n";
        assertThat(migrated(declared, credo))
                .map(VersionUpgrade::answerState)
                .contains(new AnswerState(Answers.none(), Optional.of("I believe."), Optional.of("kblock")));
    }

    @Test
    void aSkippedStepThatIsNowRequiredIsOpenAgain() {
        Onboarding skipped = session(
                Answers.none().with("role", Answer.Submitted.of("maker")).with("tools", new Answer.Skipped()), "tools");
        String required = """
                steps:
                  - {id: role, title: Role, input: {type: string}}
                  - {id: tools, title: Tools, input: {type: string}}
                """;
        VersionUpgrade migration = migrated(skipped, required).orElseThrow();
        assertThat(migration.answerState().answers().byStep()).containsOnlyKeys("role");
        assertThat(migration.milestone()).isEqualTo("tools");
        assertThat(migrated(skipped, required.replace("Tools,", "Tools, optional: true,"))
                        .orElseThrow()
                        .answerState()
                        .answers()
                        .byStep())
                .containsOnlyKeys("role", "tools");
    }

    @Test
    void aStepThatCreatesAKBlockAcceptsOnlyAnAnswerThatCreatedOne() {
        Onboarding role = session(Answers.none().with("role", Answer.Submitted.of("maker")), "role");
        assertThat(migrated(role, """
                steps:
                  - {id: role, title: Role, creates: kblock, input: {type: string}}
                """)).isEmpty();
    }

    @Test
    void keepsADeclarationIfTheNewVersionHasNoDeclarationStep() {
        VersionUpgrade migration = migrated(answered("role"), """
                step_map: {tools: null}
                steps:
                  - {id: role, title: Role, input: {type: string}}
                  - {id: credo, title: Credo, input: {type: object}}
                """).orElseThrow();
        assertThat(migration.answerState().firstDeclaration()).contains("I believe.");
        assertThat(migration.answerState().firstKBlockId()).contains("kblock");
        assertThat(migration.answerState().answers().submitted("credo").map(Answer.Submitted::value))
                .contains(Map.of("declaration", "I believe."));
    }

    @Test
    void anUnknownMilestoneIsUnmapped() {
        Onboarding foreign = session(Answers.none(), "f2_complete");
        assertThat(migrated(foreign, "steps:\n  - {id: role, title: Role}\n")).isEmpty();
        assertThat(migrated(session(Answers.none(), "started"), "steps:\n  - {id: role, title: Role}\n"))
                .map(VersionUpgrade::milestone)
                .contains("started");
    }

    @Test
    void keepsTheAnswerToAHiddenStep() {
        Onboarding hidden = session(
                Answers.none()
                        .with("role", Answer.Submitted.of("manager"))
                        .with("tools", Answer.Submitted.of("hammer")),
                "role");
        assertThat(migrated(hidden, "steps:\n  - {id: role, title: Role, input: {type: string}}\n"))
                .isEmpty();
        assertThat(migrated(hidden, """
                        steps:
                          - {id: role, title: Role, input: {type: string}}
                          - {id: tools, title: Tools, input: {type: string}}
                        """).orElseThrow().answerState().answers().byStep())
                .containsOnlyKeys("role", "tools");
    }

    private static Onboarding answered(String milestone) {
        Answers answers =
                Answers.none().with("role", Answer.Submitted.of("maker")).with("tools", Answer.Submitted.of("hammer"));
        Onboarding onboarding = session(answers, milestone);
        return onboarding.with(new AnswerState(answers, Optional.of("I believe."), Optional.of("kblock")));
    }

    private static Onboarding session(Answers answers, String milestone) {
        Session session = Session.begin("id", Optional.empty(), "flow", 1, NOON);
        return new Onboarding(
                session.with(session.progress().reached(milestone))
                        .with(session.answerState().with(answers)),
                OLD);
    }

    private static Optional<VersionUpgrade> migrated(Onboarding onboarding, String steps) {
        Flow flow = flow("in_flight: migrate\n" + steps).atVersion(2);
        return VersionUpgrade.of(onboarding, flow, (InFlightPolicy.MigrateSessions) flow.inFlight());
    }

    private static Flow flow(String lines) {
        return FlowReader.review("flow.yaml", "flow: flow\ntitle: Flow\n" + lines);
    }
}
