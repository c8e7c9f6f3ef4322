package dev.onward.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.onward.definition.BuiltInFlow;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.model.OnboardingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionsTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final Flow GENESIS = BuiltInFlow.catalog().find("genesis").orElseThrow();

    private final AtomicInteger counter = new AtomicInteger();
    private final Transitions transitions = new Transitions(() -> "id-" + counter.incrementAndGet());

    /**
     * The result for sessions that other software left in a contradiction. Times: C is their creation, N is now, - is
     * none.
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "open, says completed        | declare     | completed true N         | STEP_DONE COMPLETED",
                "open, says completed        | complete    | completed true N         | COMPLETED",
                "open, with a time           | declare     | first_declaration true N | STEP_DONE COMPLETED",
                "open, with a time           | complete    | completed true N         | COMPLETED",
                "finished, theirs            | declare     | f2_complete true C       | STEP_DONE",
                "finished, theirs            | complete    | completed true N         | CONFIRMED",
                "finished, without a time    | declare     | completed true -         | STEP_DONE",
                "finished, without a time    | complete    | completed true N         | CONFIRMED",
                "completed, undeclared       | declare     | completed true C         | STEP_DONE",
            })
    void continuesASessionThatOtherSoftwareLeft(String state, String name, String becomes, String events) {
        Session session = session(state);
        SessionAction action = name.equals("declare")
                ? new SessionAction.Declare(new Declaration("Mine."))
                : new SessionAction.Complete();
        switch (transitions.apply(new Onboarding(session, GENESIS), action, NOW)) {
            case TransitionResult.Unchanged() -> fail("nothing changed");
            case TransitionResult.Rejected(OnboardingException reason) -> throw reason;
            case TransitionResult.Changed changed -> {
                SessionChange change = changed.changes().getFirst();
                Session after = change.after();
                assertThat(after.currentStep() + " " + after.completed() + " " + time(after))
                        .isEqualTo(becomes);
                assertThat(change.events().stream().map(event -> event.type().name()))
                        .containsExactly(events.split(" "));
                assertThat(after.revision()).isEqualTo(session.revision() + 1);
                assertThat(after.updatedAt()).isEqualTo(NOW);
                assertThat(after.createdAt()).isEqualTo(CREATED);
                assertThat(change.kblock().isPresent()).isEqualTo(action instanceof SessionAction.Declare);
            }
        }
    }

    private static String time(Session session) {
        return session.completedAt().map(time -> time.equals(NOW) ? "N" : "C").orElse("-");
    }

    private static Session session(String state) {
        String step = switch (state) {
            case "open, says completed", "finished, without a time", "completed, undeclared" -> "completed";
            case "finished, theirs" -> "f2_complete";
            default -> "started";
        };
        boolean completed = !state.startsWith("open");
        boolean timed = state.equals("open, with a time") || (completed && !state.endsWith("without a time"));
        return new Session(
                "session",
                Optional.of("ada"),
                "genesis",
                1,
                new SessionProgress(
                        step,
                        completed,
                        timed ? Optional.of(CREATED) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                AnswerState.NONE,
                3,
                true,
                CREATED,
                CREATED,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void repeatingADeclarationOfTheOriginalCreatesItsKBlock() {
        Session session = with(session("finished, theirs"), Optional.of("Mine."));
        TransitionResult outcome = transitions.apply(
                new Onboarding(session, GENESIS), new SessionAction.Declare(new Declaration("Mine.")), NOW);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TransitionResult.Changed.class,
                        changed -> assertThat(changed.changes().getFirst().kblock())
                                .isPresent());
    }

    private static Session with(Session session, Optional<String> declaration) {
        return session.with(new AnswerState(Answers.none(), declaration, Optional.empty()));
    }

    @Test
    void onlyANamedUsersProfileGainsACompletion() {
        SessionChange change = changed(GENESIS, new SessionAction.Complete());
        assertThat(change.completion()).contains(new FlowCompletion("ada", "genesis", NOW, true));
        SessionChange anonymous = transitions.start(GENESIS, Optional.empty(), Optional.empty(), NOW);
        assertThat(anonymous.completion()).isEmpty();
    }

    private SessionChange changed(Flow flow, SessionAction action) {
        TransitionResult outcome = transitions.apply(new Onboarding(session("open, fresh"), flow), action, NOW);
        return ((TransitionResult.Changed) outcome).changes().getFirst();
    }

    @Test
    void everyEventHasAUniqueId() {
        SessionChange change = changed(GENESIS, new SessionAction.Declare(new Declaration("Mine.")));
        List<String> ids = change.events().stream().map(SessionEvent::id).toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .doesNotContain(change.kblock().orElseThrow().id());
    }
}
