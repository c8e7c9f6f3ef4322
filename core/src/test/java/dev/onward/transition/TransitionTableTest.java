package dev.onward.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.model.SessionView.SessionState;
import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The transition table: every state with every action. {@code transitions.txt} contains it. */
@OnEachDatabase
@Order(1)
class TransitionTableTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");

    private final Map<String, List<String>> table = table();
    private final VersionUpgrader change =
            new VersionUpgrader(TableFlows.catalog(), database.database().sessions(), clock, IdGenerator.random());
    private int sessionsMade;

    TransitionTableTest(DatabaseKind kind) {
        super(kind, NOON, TableFlows.catalog());
    }

    /** A release moves open sessions to another version; its flow does not matter here. */
    @BeforeEach
    void openARelease() {
        database.execute("INSERT INTO onboarding_flow_versions (flow, version, definition, hash, published_at)"
                + " VALUES ('genesis', 1, '{}', '" + "0".repeat(64) + "', '2026-03-29 11:00:00.000000')");
        database.execute("INSERT INTO onboarding_releases (id, flow, version, released_at)"
                + " VALUES ('release', 'genesis', 1, '2026-03-29 11:00:00.000000')");
    }

    /** The cells of each row; the first one is the action. */
    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        try (InputStream in = Optional.ofNullable(TransitionTableTest.class.getResourceAsStream("transitions.txt"))
                .orElseThrow()) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .forEach(cells -> assertThat(table.put(cells.getFirst(), cells))
                            .as(cells.getFirst() + " stands once")
                            .isNull());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    @Test
    void theTableCoversEveryStateAndAction() {
        assertThat(RecordedActions.all().stream().map(RecordedActions::action).collect(Collectors.toSet()))
                .as("every action is asked")
                .isEqualTo(Set.of(SessionAction.class.getPermittedSubclasses()));
        assertThat(table.keySet().stream().skip(1))
                .as("every row is asked, and what is asked has a row")
                .containsExactlyElementsOf(
                        RecordedActions.all().stream().map(RecordedActions::row).toList());
        assertThat(table.values().iterator().next().stream().skip(1))
                .as("every state has a column")
                .containsExactlyElementsOf(
                        Arrays.stream(SessionState.values()).map(Enum::name).toList());
        assertThat(table.values())
                .allSatisfy(cells -> assertThat(cells)
                        .hasSize(1 + SessionState.values().length)
                        .noneMatch(String::isEmpty));
    }

    @Test
    void everyActionHasTheOutcomeOfTheTable() {
        SoftAssertions softly = new SoftAssertions();
        List<String> heading = table.values().iterator().next();
        for (RecordedActions action : RecordedActions.all()) {
            for (SessionState state : SessionState.values()) {
                String cell = table.getOrDefault(action.row(), List.of()).get(heading.indexOf(state.name()));
                softly.assertThat(outcome(action, state))
                        .as(action.row() + ", " + state)
                        .isEqualTo(cell);
            }
        }
        softly.assertAll();
    }

    private String outcome(RecordedActions action, SessionState state) {
        TableSession session = session(action, state);
        Session before = sessions.get(session.id()).session();
        assertThat(before.state()).as(action.row()).isEqualTo(state);
        clock.advance(Duration.ofSeconds(1));
        Optional<OnboardingException> rejection = action.rejection(session);
        Session after = sessions.get(session.id()).session();
        List<RecordedEvent> events = sessions.events(
                        session.id(), new EventPosition(before.revision(), Integer.MAX_VALUE, ""), 10)
                .events();
        if (after.revision() == before.revision()) {
            assertThat(after).as(action.row()).isEqualTo(before);
            assertThat(events).as(action.row()).isEmpty();
            rejection.ifPresent(reason -> namesTheSession(reason, after));
            return rejection.map(reason -> reason.getClass().getSimpleName()).orElse("unchanged");
        }
        assertThat(rejection).as(action.row()).isEmpty();
        isTheNextRevision(action.row(), before, after);
        return after.state() + " " + after.currentStep() + ": "
                + events.stream()
                        .peek(event -> assertThat(event.position().revision()).isEqualTo(after.revision()))
                        .map(RecordedEvent::type)
                        .collect(Collectors.joining(" "));
    }

    private void namesTheSession(OnboardingException reason, Session session) {
        if (reason instanceof ConflictException conflict) {
            assertThat(conflict.session()).isEqualTo(sessions.get(session.id()).view());
        }
    }

    private void isTheNextRevision(String row, Session before, Session after) {
        assertThat(after.revision()).as(row).isEqualTo(before.revision() + 1);
        assertThat(after.updatedAt()).as(row).isEqualTo(clock.instant());
        assertThat(after.createdAt()).as(row).isEqualTo(before.createdAt());
        assertThat(after.dismissedAt().isPresent()).as(row).isEqualTo(after.state() == SessionState.DISMISSED);
        assertThat(after.supersededBy().isPresent()).as(row).isEqualTo(after.state() == SessionState.SUPERSEDED);
        switch (after.state()) {
            case OPEN, DISMISSED -> assertThat(after.completed()).as(row).isFalse();
            case FINISHED, COMPLETED -> {
                assertThat(after.completed()).as(row).isTrue();
                assertThat(after.completedAt())
                        .as(row)
                        .isEqualTo(
                                before.state() == after.state() ? before.completedAt() : Optional.of(clock.instant()));
            }
            case SUPERSEDED -> {
                assertThat(after.completed()).as(row).isEqualTo(before.completed());
                assertThat(after.completedAt()).as(row).isEqualTo(before.completedAt());
            }
        }
    }

    private TableSession session(RecordedActions action, SessionState state) {
        String user = "ada " + ++sessionsMade;
        Onboarding onboarding = sessions.start(StartRequest.of(action.flow())).onboarding();
        TableSession session = new TableSession(
                sessions, change, action.flow(), onboarding.session().id(), user);
        boolean byItsLastStep = !action.flow().equals(TableFlows.BY_CALL);
        switch (state) {
            case OPEN, DISMISSED, SUPERSEDED -> {}
            case FINISHED -> {
                session.submit("path", "short");
                if (!byItsLastStep) {
                    seed.update(session.id(), "completed", true, "completed_at", clock.instant());
                }
            }
            case COMPLETED -> {
                session.submit("path", "short");
                session.complete();
            }
        }
        session.submit("path");
        session.walk(action.before());
        switch (state) {
            case OPEN, FINISHED, COMPLETED -> {}
            case DISMISSED -> sessions.dismiss(session.id(), WriteConditions.none());
            case SUPERSEDED -> sessions.restart(session.id(), WriteConditions.none());
        }
        return session;
    }
}
