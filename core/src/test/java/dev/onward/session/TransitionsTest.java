package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
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
    private static final Flow GENESIS = FlowCatalog.builtIn().find("genesis").orElseThrow();

    private final AtomicInteger counter = new AtomicInteger();
    private final Transitions transitions = new Transitions(() -> "id-" + counter.incrementAndGet());

    /** What becomes of a session that other software left in a contradiction. Times: C its creation, N now, - none. */
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
    void aSessionThatOtherSoftwareLeftGoesOn(String state, String action, String becomes, String events) {
        Session session = session(state);
        Action asked = action.equals("declare") ? new Action.Declare(new Declaration("Mine.")) : new Action.Complete();
        switch (transitions.apply(new Journey(session, GENESIS), asked, NOW)) {
            case Outcome.Done() -> fail("nothing changed");
            case Outcome.Refused(OnboardingException reason) -> throw reason;
            case Outcome.Changed changed -> {
                Change change = changed.changes().getFirst();
                Session after = change.after();
                assertThat(after.currentStep() + " " + after.completed() + " " + time(after))
                        .isEqualTo(becomes);
                assertThat(change.events().stream().map(event -> event.type().name()))
                        .containsExactly(events.split(" "));
                assertThat(after.revision()).isEqualTo(session.revision() + 1);
                assertThat(after.updatedAt()).isEqualTo(NOW);
                assertThat(after.createdAt()).isEqualTo(CREATED);
                assertThat(change.kblock().isPresent()).isEqualTo(asked instanceof Action.Declare);
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
                new Standing(
                        step,
                        completed,
                        timed ? Optional.of(CREATED) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Work.NONE,
                3,
                true,
                CREATED,
                CREATED,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aDeclarationWhoseKBlockTheOriginalNeverMadeMakesIt() {
        Session theirs = with(session("finished, theirs"), Optional.of("Mine."));
        Outcome outcome =
                transitions.apply(new Journey(theirs, GENESIS), new Action.Declare(new Declaration("Mine.")), NOW);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Changed.class,
                        changed -> assertThat(changed.changes().getFirst().kblock())
                                .isPresent());
    }

    private static Session with(Session session, Optional<String> declaration) {
        return session.with(new Work(Answers.none(), declaration, Optional.empty()));
    }

    @Test
    void onlyTheProfileOfANamedUserGainsACompletion() {
        Change change = changed(GENESIS, new Action.Complete());
        assertThat(change.completion()).contains(new Completion("ada", "genesis", NOW, true));
        Change anonymous = transitions.start(GENESIS, Optional.empty(), NOW);
        assertThat(anonymous.completion()).isEmpty();
    }

    private Change changed(Flow flow, Action action) {
        Outcome outcome = transitions.apply(new Journey(session("open, fresh"), flow), action, NOW);
        return ((Outcome.Changed) outcome).changes().getFirst();
    }

    @Test
    void everyEventHasAnIdOfItsOwn() {
        Change change = changed(GENESIS, new Action.Declare(new Declaration("Mine.")));
        List<String> ids = change.events().stream().map(Event::id).toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .doesNotContain(change.kblock().orElseThrow().id());
    }
}
