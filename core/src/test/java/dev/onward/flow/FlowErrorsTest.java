package dev.onward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The error messages for authors of flow files. */
class FlowErrorsTest {

    @Test
    void reportsAllErrorsWithFileLineKeyAndFix() {
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
                .containsExactly(
                        "bad.yaml:1: flow must match [a-z][a-z0-9-]{0,31}: choose another.",
                        "bad.yaml:1: title is missing: add it.",
                        "bad.yaml:2: colour is unknown here; known keys: flow, title, onboarding, completes,"
                                + " completes_early, completion_message, retention_hours, in_flight, step_map, steps.",
                        "bad.yaml:3: onboarding must be true or false.",
                        "bad.yaml:4: completes must be one of call, last_step.",
                        "bad.yaml:5: retention_hours must be a whole number from 1 to 87600.",
                        "bad.yaml:7: steps[0].id must not be the name of a milestone, started or completed: choose"
                                + " another.",
                        "bad.yaml:11: steps[1].creates must be one of kblock.",
                        "bad.yaml:12: steps[2].title is missing: add it.",
                        "bad.yaml:12: steps[2].id appears twice: give each step its own id.");
    }

    @Test
    void rejectsDuplicateStepIds() {
        assertThat(step("""
                  - {id: one, title: One again}
                """)).containsExactly("bad.yaml:5: steps[1].id appears twice: give each step its own id.");
    }

    @Test
    void rejectsStepIdsOfAnotherFormOrOfAMilestone() {
        assertThat(step("  - {id: Two, title: Two}\n"))
                .containsExactly("bad.yaml:5: steps[1].id must match [a-z][a-z0-9_]{0,31}: choose another.");
        assertThat(step("  - {id: completed, title: Two}\n"))
                .singleElement()
                .asString()
                .startsWith("bad.yaml:5: steps[1].id must not be the name of a milestone");
    }

    @Test
    void rejectsAnUnknownStepInWhen() {
        assertThat(step("""
                  - id: two
                    title: Two
                    when:
                      nobody: {const: 1}
                """))
                .containsExactly("bad.yaml:8: steps[1].when.nobody is not a step of this flow: name an earlier one.");
    }

    @Test
    void rejectsAConditionOnTheStepItselfOrALaterOne() {
        assertThat(step("""
                  - {id: two, title: Two, when: {three: {const: 1}}}
                  - {id: three, title: Three, when: {three: {const: 1}}}
                """))
                .containsExactly(
                        "bad.yaml:5: steps[1].when.three is not an earlier step: a step can only depend on steps before"
                                + " it.",
                        "bad.yaml:6: steps[2].when.three is not an earlier step: a step can only depend on steps before"
                                + " it.");
    }

    @Test
    void rejectsAConditionThatNeverHolds() {
        assertThat(step("""
                  - {id: two, title: Two, when: {one: {type: string}}}
                  - {id: three, title: Three, when: {one: {}}}
                """))
                .containsExactly("bad.yaml:5: steps[1].when.one can never match, because that step has no input: give"
                        + " it one, or write {} to require that it is done.");
    }

    @Test
    void rejectsAnInvalidSchema() {
        assertThat(step("""
                  - id: two
                    title: Two
                    input:
                      type: objekt
                    when:
                      - one: {minLength: many}
                """))
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("bad.yaml:8: steps[1].input.type is not JSON Schema"),
                        error -> assertThat(error)
                                .startsWith("bad.yaml:10: steps[1].when[0].one.minLength is not JSON Schema"));
    }

    @Test
    void rejectsAReferenceOutsideTheDocument() {
        assertThat(step("""
                  - id: two
                    title: Two
                    input:
                      $ref: file:///etc/passwd
                """))
                .containsExactly(
                        "bad.yaml:8: steps[1].input.$ref leads outside the document: refer to its own parts, such as #/$defs/name.");
    }

    @Test
    void rejectsAPatternThatRe2CannotRun() {
        assertThat(step("""
                  - id: two
                    title: Two
                    input: {type: string, pattern: '(a)\\1'}
                """))
                .singleElement()
                .asString()
                .startsWith("bad.yaml:7: steps[1].input.pattern has a backreference, which RE2 does not support: ");
    }

    @Test
    void aStepThatCreatesAKBlockIsNotRevisableAndRequiresADeclaration() {
        assertThat(step("""
                  - id: two
                    title: Two
                    creates: kblock
                    revisable: true
                    input: {type: integer}
                """))
                .containsExactly(
                        "bad.yaml:8: steps[1].revisable must be false or absent for a step that creates something.",
                        "bad.yaml:9: steps[1].input must be a string, or an object with a declaration, to create a"
                                + " K-Block.");
    }

    @Test
    void rejectsAnInvalidInFlightPolicy() {
        assertThat(errors("""
                flow: tour
                title: Tour
                in_flight: migrate
                step_map:
                  old: one
                  older: one
                  Oldest: one
                  gone: two
                  none: 3
                steps:
                  - {id: one, title: One}
                """))
                .containsExactly(
                        "bad.yaml:6: step_map.older leads to one, which another step also maps to: keep one of them.",
                        "bad.yaml:7: step_map.Oldest is not a step id, which matches [a-z][a-z0-9_]{0,31}: correct it.",
                        "bad.yaml:7: step_map.Oldest leads to one, which another step also maps to: keep one of them.",
                        "bad.yaml:8: step_map.gone leads to two, which is not a step of this flow: name a step, or"
                                + " null to drop the answer.",
                        "bad.yaml:9: step_map.none must be text: quote it if it looks like another" + " type.");
        assertThat(errors("""
                flow: tour
                title: Tour
                in_flight: leave
                step_map: {older: one}
                steps:
                  - {id: one, title: One}
                """))
                .containsExactly(
                        "bad.yaml:3: in_flight must be one of exit, migrate, pin, restart.",
                        "bad.yaml:4: step_map goes with in_flight: migrate only: set that, or remove the map.");
    }

    @Test
    void reportsTheMostFrequentMistakes() {
        assertThat(errors("flow: tour\n\ttitle: Tour\n"))
                .singleElement()
                .asString()
                .startsWith("bad.yaml:2: the flow is not YAML: found character '\\t(TAB)'");
        assertThat(errors("flow: tour\ntitle: Welcome: a tour\n"))
                .containsExactly(
                        "bad.yaml:2: the flow is not YAML: mapping values are not allowed here; quote text that"
                                + " contains a colon and a space.");
        assertThat(errors("flow: tour\ntitle: 2026\nsteps:\n  - {id: one, title: ' '}\n"))
                .containsExactly(
                        "bad.yaml:2: title must be text: quote it if it looks like another type.",
                        "bad.yaml:4: steps[0].title must not be blank.");
        assertThat(errors("flow: tour\ntitle: Tour\n"))
                .containsExactly("bad.yaml:1: steps must be a list with at least one entry: start each with a dash.");
        assertThat(errors("flow: tour\ntitle: Tour\nsteps:\n  one: {title: One}\n"))
                .containsExactly("bad.yaml:3: steps must be a list with at least one entry: start each with a dash.");
        assertThat(errors("flow: tour\ntitle: Tour\nsteps:\n  - one\n"))
                .containsExactly("bad.yaml:4: steps[0] must be a mapping of keys to values: write key: value.");
        assertThat(errors("flow: tour\ntitle: Tour\nonboarding: True\nsteps:\n  - {id: one, title: One}\n"))
                .containsExactly("bad.yaml:3: onboarding is text: write true, false or null, or quote" + " it.");
        assertThat(errors("flow: a\nflow: b\n")).containsExactly("bad.yaml:2: flow appears twice: keep one.");
        assertThat(errors("")).containsExactly("bad.yaml: the flow is empty.");
        assertThat(errors("# to do\n")).containsExactly("bad.yaml: the flow is empty.");
        assertThat(errors("just text"))
                .containsExactly("bad.yaml:1: the flow must be a mapping of keys to values: write key: value.");
        assertThat(errors("flow: a\n---\nflow: b\n")).singleElement().asString().startsWith("bad.yaml:2: the flow is");
    }

    /** A flow with a valid first step, followed by this text. */
    private static List<String> step(String more) {
        return errors("""
                flow: tour
                title: Tour
                steps:
                  - {id: one, title: One}
                """ + more);
    }

    private static List<String> errors(String yaml) {
        try {
            FlowReader.review("bad.yaml", yaml);
        } catch (InvalidFlow e) {
            return e.errors().stream().map(FlowError::text).toList();
        }
        throw new AssertionError("was read");
    }
}
