package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.OnboardingException;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The history of a session, page by page. */
@OnEachDatabase
class EventsTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");

    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review("tour.yaml", """
            flow: tour
            title: Tour
            steps:
              - {id: name, title: Name, input: {type: string}}
              - {id: first_declaration, title: Credo, optional: true, creates: kblock}
              - {id: last, title: Last, optional: true}
            """)));

    EventsTest(DatabaseKind kind) {
        super(kind, NOON, FLOWS);
    }

    private String start(StartRequest start) {
        return sessions.start(start).onboarding().session().id();
    }

    /** The whole history, read in pages. */
    private List<RecordedEvent> history(String id, int limit) {
        List<RecordedEvent> events = new ArrayList<>();
        for (Optional<EventPosition> next = Optional.of(EventPosition.BEGINNING); next.isPresent(); ) {
            EventPage page = sessions.events(id, next.get(), limit);
            assertThat(page.events()).hasSizeBetween(1, limit);
            events.addAll(page.events());
            next = page.next();
        }
        return events;
    }

    private static List<String> described(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.position().revision() + " " + event.type() + " "
                        + event.position().step())
                .toList();
    }

    @Test
    void listsOldestFirstWithAnyPageSize() {
        String id = start(StartRequest.of("tour"));
        sessions.dismiss(id, WriteConditions.none());
        sessions.reopen(id, WriteConditions.none());
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        clock.advance(Duration.ofMinutes(1));
        sessions.submit(id, "name", "Bob", WriteConditions.none());
        sessions.claim(id, "ada", ClaimPolicy.FAIL, WriteConditions.none());
        sessions.skip(id, "first_declaration", WriteConditions.none());
        sessions.skip(id, "last", WriteConditions.none());
        sessions.complete(id);
        sessions.restart(id, WriteConditions.none());
        List<String> all = List.of(
                "1 started started",
                "2 dismissed started",
                "3 reopened started",
                "4 step_done name",
                "5 revised name",
                "6 claimed name",
                "7 skipped first_declaration",
                "8 skipped last",
                "8 completed last",
                "9 confirmed completed",
                "10 superseded completed");
        for (int limit = 1; limit <= all.size() + 1; limit++) {
            assertThat(described(history(id, limit))).isEqualTo(all);
        }
        assertThat(history(id, 4))
                .extracting(RecordedEvent::at)
                .startsWith(NOON)
                .endsWith(NOON.plusSeconds(60));
        assertThat(history(id, 4)).extracting(RecordedEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void aPageNeverLosesEventsOfOneRevision() {
        String usersSession = start(StartRequest.of("tour").by("ada"));
        String id = start(StartRequest.of("tour"));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        sessions.declare(id, new Declaration("Mine."));
        sessions.skip(id, "last", WriteConditions.none());
        sessions.claim(id, "ada", ClaimPolicy.MERGE_ANSWERS, WriteConditions.none());
        for (int limit = 1; limit <= 7; limit++) {
            assertThat(described(history(usersSession, limit)))
                    .containsExactly(
                            "1 started started",
                            "2 claimed last",
                            "2 step_done first_declaration",
                            "2 step_done name",
                            "2 skipped last",
                            "2 completed last");
        }
    }

    @Test
    void recordsChangesOfOtherSoftwareAtTheCurrentRevision() {
        String id = start(StartRequest.of("tour"));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        sessions.skip(id, "first_declaration", WriteConditions.none());
        seed.declare(id, "Theirs.", "their-kblock", NOON.plusSeconds(5));
        sessions.complete(id);
        for (int limit = 1; limit <= 7; limit++) {
            assertThat(described(history(id, limit)))
                    .containsExactly(
                            "1 started started",
                            "2 step_done name",
                            "3 step_done first_declaration",
                            "3 skipped first_declaration",
                            "3 completed first_declaration",
                            "4 confirmed completed");
        }
    }

    @Test
    void containsNoAnswers() {
        String id = start(StartRequest.of("tour"));
        sessions.submit(id, "name", "A secret.", WriteConditions.none());
        sessions.submit(id, "name", "Another secret.", WriteConditions.none());
        sessions.submit(id, "first_declaration", Map.of("declaration", "A third secret."), WriteConditions.none());
        assertThat(database.query("SELECT * FROM onboarding_events")).noneMatch(row -> row.contains("secret"));
    }

    @Test
    void anUnknownSessionIsNotFound() {
        assertThatThrownBy(() -> sessions.events("nobody", EventPosition.BEGINNING, 10))
                .isInstanceOf(OnboardingException.SessionNotFound.class);
    }

    @Test
    void doesNotMixHistoriesOfSessions() {
        String id = start(StartRequest.of("tour"));
        start(StartRequest.of("tour"));
        assertThat(history(id, 10)).hasSize(1);
        assertThat(database.query("SELECT count(*) FROM onboarding_events")).containsExactly("2");
    }
}
