package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Answer;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.SessionView.SessionState;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sessions for claim tests: anonymous ones and those of the user ada, in a flow with a branch. */
abstract class ClaimTestCase extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");

    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review("tour.yaml", """
            flow: tour
            title: Tour
            onboarding: true
            completes_early: true
            steps:
              - {id: name, title: Name, input: {type: string}}
              - {id: notes, title: Notes, optional: true, input: {type: string}}
              - {id: plan, title: Plan, input: {enum: [free, team]}}
              - {id: team, title: Team, when: {plan: {const: team}}, input: {type: string}}
            """)));

    ClaimTestCase(DatabaseKind kind) {
        super(kind, NOON, FLOWS);
    }

    /** An anonymous session with these answers: pairs of steps and values; a step without a value is skipped. */
    String anonymousSession(Object... answers) {
        return walked(StartRequest.of("tour"), answers);
    }

    String adasSession(Object... answers) {
        return walked(StartRequest.of("tour").by("ada"), answers);
    }

    String walked(StartRequest start, Object... answers) {
        String id = sessions.start(start).onboarding().session().id();
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < answers.length; i += 2) {
            String step = String.valueOf(answers[i]);
            if (answers[i + 1].equals("-")) {
                sessions.skip(id, step, WriteConditions.none());
            } else {
                sessions.submit(id, step, answers[i + 1], WriteConditions.none());
            }
        }
        clock.advance(Duration.ofSeconds(1));
        return id;
    }

    ClaimResult claim(String id, ClaimPolicy policy) {
        return sessions.claim(id, "ada", policy, WriteConditions.none());
    }

    Session read(String id) {
        return sessions.get(id).session();
    }

    Map<String, Object> answers(String id) {
        return sessions.get(id).answers().byStep().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> switch (entry.getValue()) {
                    case Answer.Submitted submitted -> submitted.value();
                    case Answer.Skipped skipped -> "-";
                }));
    }

    List<String> events(String id) {
        return sessions.events(id, EventPosition.BEGINNING, 50).events().stream()
                .map(event -> event.position().revision() + " " + event.type() + " "
                        + event.position().step())
                .toList();
    }

    void isSuperseded(String id, String by) {
        assertThat(read(id).state()).isEqualTo(SessionState.SUPERSEDED);
        assertThat(read(id).supersededBy()).contains(by);
        assertThat(events(id)).last().asString().contains(" superseded ");
    }

    static void isReported(
            ClaimResult claimed, ClaimOutcome result, String remaining, List<String> merged, List<String> left) {
        assertThat(claimed.result()).isEqualTo(result);
        assertThat(claimed.onboarding().session().id()).isEqualTo(remaining);
        assertThat(claimed.merged()).isEqualTo(merged);
        assertThat(claimed.left()).isEqualTo(left);
    }

    Onboarding progress() {
        return sessions.findForUser("ada", new FlowFilter.OneFlow("tour")).orElseThrow();
    }
}
