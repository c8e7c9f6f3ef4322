package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ConflictException;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.AnswerState;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A restart keeps the old session and starts another one that replaces it. */
@OnEachDatabase
class RestartTest extends StoreTest {
    private static final Flow FIRST = FlowReader.review("tour.yaml", """
            flow: tour
            title: Tour
            steps:
              - {id: credo, title: Credo, creates: kblock}
              - {id: last, title: Last}
            """);
    private static final Flow SECOND = FlowReader.review("tour.yaml", """
            flow: tour
            title: Tour
            steps:
              - {id: last, title: Last}
            """).atVersion(2);

    /** The time before the second version was published. */
    private final SessionService before = new SessionService(
            FlowCatalog.of(List.of(FIRST)), database.database().sessions(), clock, IdGenerator.random());

    RestartTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00.123456Z"), FlowCatalog.of(List.of(FIRST, SECOND)));
    }

    private String started(StartRequest start) {
        String id = before.start(start).onboarding().session().id();
        sessions.declare(id, new Declaration("Mine."));
        clock.advance(Duration.ofMinutes(1));
        return id;
    }

    private Onboarding restart(String id) {
        return sessions.restart(id, WriteConditions.none());
    }

    @Test
    void keepsTheOldSessionAndNamesItsReplacement() {
        String id = started(StartRequest.of("tour").by("ada"));
        Session current = sessions.get(id).session();
        Onboarding restarted = restart(id);

        Session superseded = sessions.get(id).session();
        assertThat(superseded.supersededBy()).contains(restarted.session().id());
        assertThat(superseded.answerState()).isEqualTo(current.answerState());
        assertThat(superseded.currentStep()).isEqualTo(current.currentStep());
        assertThat(superseded.flowVersion()).isEqualTo(1);
        assertThat(sessions.kblock(superseded.firstKBlockId().orElseThrow()).content())
                .isEqualTo("Mine.");
        assertThat(seed.events(id)).last().asString().startsWith("superseded|credo|");
    }

    @Test
    void theNewSessionIsTheUsersEmptyAndOfTheCurrentVersion() {
        String id = started(StartRequest.of("tour").by("ada"));
        Onboarding restarted = restart(id);

        assertThat(sessions.get(restarted.session().id())).isEqualTo(restarted);
        assertThat(restarted.session().userId()).contains("ada");
        assertThat(restarted.session().flowVersion()).isEqualTo(2);
        assertThat(restarted.session().revision()).isEqualTo(1);
        assertThat(restarted.session().createdAt()).isEqualTo(clock.instant());
        assertThat(restarted.session().answerState()).isEqualTo(AnswerState.NONE);
        assertThat(seed.events(restarted.session().id()))
                .singleElement()
                .asString()
                .startsWith("started|started|");
        assertThat(sessions.start(StartRequest.of("tour").by("ada").resuming()).onboarding())
                .isEqualTo(restarted);
    }

    @Test
    void anAnonymousSessionStaysAnonymous() {
        assertThat(restart(started(StartRequest.of("tour"))).session().userId()).isEmpty();
    }

    @Test
    void aCompletedSessionStaysCompleted() {
        String id = started(StartRequest.of("tour").by("ada"));
        sessions.submit(id, "last", Map.of(), WriteConditions.none());
        Optional<Instant> completedAt = sessions.get(id).session().completedAt();
        Onboarding restarted = restart(id);
        assertThat(sessions.get(id).session().completed()).isTrue();
        assertThat(sessions.get(id).session().completedAt()).isEqualTo(completedAt);
        assertThat(sessions.profile("ada").flows().get("tour")).isEqualTo(completedAt.orElseThrow());
        database.execute("DELETE FROM onboarding_sessions WHERE id = '"
                + restarted.session().id() + "'");
        assertThat(sessions.findForUser("ada", new FlowFilter.AnyFlow())
                        .map(onboarding -> onboarding.session().id()))
                .as("completed sessions stay completed")
                .contains(id);
    }

    @Test
    void aSupersededSessionIsNotFoundForItsUser() {
        String id = started(StartRequest.of("tour").by("ada"));
        Onboarding restarted = restart(id);
        database.execute("DELETE FROM onboarding_sessions WHERE id = '"
                + restarted.session().id() + "'");
        assertThat(sessions.findForUser("ada", new FlowFilter.AnyFlow())).isEmpty();
    }

    @Test
    void concurrentRestartsStartOneSession() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = started(StartRequest.of("tour"));
            List<ConcurrentCalls.CallOutcome<Onboarding>> ended =
                    ConcurrentCalls.run(List.of(() -> restart(id), () -> restart(id)));
            String restarted = ended.stream()
                    .filter(ConcurrentCalls.CallOutcome::well)
                    .map(end -> end.result().session().id())
                    .reduce((one, another) -> "two")
                    .orElseThrow();
            assertThat(ended)
                    .filteredOn(end -> !end.well())
                    .singleElement()
                    .satisfies(end -> assertThat(end.failure())
                            .isInstanceOfSatisfying(
                                    ConflictException.Superseded.class,
                                    error -> assertThat(error.session().supersededBy())
                                            .contains(restarted)));
        }
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("40");
    }

    @Test
    void aStaleRevisionStartsNoSession() {
        String id = started(StartRequest.of("tour"));
        assertThatThrownBy(() -> sessions.restart(
                        id, new WriteConditions<>(Optional.of(java.util.Set.of(1L)), Optional.empty())))
                .isInstanceOf(ConflictException.StaleRevision.class);
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("1");
    }
}
