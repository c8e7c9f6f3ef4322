package dev.onward.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.flow.Flow;
import dev.onward.model.ConflictException;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class SessionStoreTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");

    SessionStoreTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    private Session start() {
        return sessions.start(StartRequest.of("genesis")).onboarding().session();
    }

    private Session read(String id) {
        return sessions.get(id).session();
    }

    private List<String> events(String id) {
        return database.query("SELECT type, step, revision FROM onboarding_events WHERE session_id = '" + id
                + "' ORDER BY revision, at, CASE type WHEN 'started' THEN 1 WHEN 'step_done' THEN 2 ELSE 3 END");
    }

    @Test
    void storesAStartToTheMicrosecond() {
        Session started = sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session();
        assertThat(read(started.id())).isEqualTo(started);
        assertThat(started.createdAt()).isEqualTo(NOON);
        assertThat(started.currentStep()).isEqualTo("started");
        assertThat(events(started.id())).containsExactly("started|started|1");
    }

    @Test
    void aDeclarationCreatesTheKBlockAndCompletesTheSession() {
        String id = start().id();
        clock.advance(Duration.ofSeconds(5));
        var declared = sessions.declare(id, new Declaration("I build things that last."));
        Session session = read(id);
        assertThat(session).isEqualTo(declared.onboarding().session());
        assertThat(session.completed()).isTrue();
        assertThat(session.completedAt()).contains(NOON.plusSeconds(5));
        assertThat(session.updatedAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(session.currentStep()).isEqualTo("first_declaration");
        assertThat(session.firstKBlockId()).contains(declared.kblockId());
        var kblock = sessions.kblock(declared.kblockId());
        assertThat(kblock.content()).isEqualTo("I build things that last.");
        assertThat(kblock.sessionId()).isEqualTo(id);
        assertThat(kblock.tags()).containsExactly("ftue", "first-declaration", "user-generated");
        assertThat(kblock.loss().value()).isEqualByComparingTo("0.55");
        assertThat(kblock.loss().confidence()).isEqualByComparingTo("0.45");
        assertThat(events(id))
                .containsExactly("started|started|1", "step_done|first_declaration|2", "completed|first_declaration|2");
    }

    @Test
    void repeatingADeclarationReturnsTheSameKBlock() {
        String id = start().id();
        var first = sessions.declare(id, new Declaration("Once."));
        var second = sessions.declare(id, new Declaration("Once."));
        assertThat(second.kblockId()).isEqualTo(first.kblockId());
        assertThat(database.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly("1");
        assertThat(read(id).revision()).isEqualTo(2);
    }

    @Test
    void rejectsAnotherDeclarationWithTheCurrentSession() {
        String id = start().id();
        sessions.declare(id, new Declaration("Once."));
        assertThatThrownBy(() -> sessions.declare(id, new Declaration("Twice.")))
                .isInstanceOfSatisfying(
                        ConflictException.AlreadyDeclared.class,
                        exception -> assertThat(exception.session())
                                .isEqualTo(sessions.get(id).view()));
    }

    @Test
    void completeSetsTheMilestoneAndTheTimeOnce() {
        String id = start().id();
        sessions.declare(id, new Declaration("Once."));
        clock.advance(Duration.ofMinutes(1));
        sessions.complete(id);
        clock.advance(Duration.ofMinutes(1));
        Onboarding repeated = sessions.complete(id);
        assertThat(repeated.session()).isEqualTo(read(id));
        assertThat(repeated.session().completedAt()).contains(NOON.plusSeconds(60));
        assertThat(repeated.session().currentStep()).isEqualTo("completed");
        assertThat(events(id)).last().isEqualTo("confirmed|completed|3");
    }

    @Test
    void aDeclarationAfterCompleteChangesOnlyTheDeclaration() {
        String id = start().id();
        Session completed = sessions.complete(id).session();
        clock.advance(Duration.ofMinutes(1));
        sessions.declare(id, new Declaration("Late."));
        Session declared = read(id);
        assertThat(declared.firstDeclaration()).contains("Late.");
        assertThat(declared.currentStep()).isEqualTo("completed");
        assertThat(declared.completedAt()).isEqualTo(completed.completedAt());
        assertThat(declared.updatedAt()).isEqualTo(NOON.plusSeconds(60));
        assertThatThrownBy(() -> sessions.declare(id, new Declaration("Later.")))
                .isInstanceOf(ConflictException.AlreadyDeclared.class);
    }

    @Test
    void aDeclarationWithoutASessionStartsOneInTheSameTransaction() {
        Flow genesis = sessions.flow("genesis");
        var declared = sessions.declare(genesis, new Declaration("Nobody in particular."));
        Session session = read(declared.onboarding().session().id());
        assertThat(session).isEqualTo(declared.onboarding().session());
        assertThat(session.completed()).isTrue();
        assertThat(events(session.id()))
                .containsExactly("started|started|2", "step_done|first_declaration|2", "completed|first_declaration|2");
    }

    @Test
    void completeWithoutASessionRecordsAnAnonymousOne() {
        Session session = sessions.complete(sessions.flow("genesis")).session();
        assertThat(read(session.id())).isEqualTo(session);
        assertThat(session.userId()).isEmpty();
        assertThat(session.currentStep()).isEqualTo("completed");
        assertThat(sessions.anyCompleted()).isTrue();
    }

    @Test
    void resumeReturnsTheNewestOpenOrElseTheNewestCompletedSession() {
        StartRequest ada = StartRequest.of("genesis").by("ada");
        Session older = sessions.start(ada).onboarding().session();
        clock.advance(Duration.ofSeconds(1));
        Session newer = sessions.start(ada).onboarding().session();
        assertThat(sessions.start(ada.resuming()).onboarding().session()).isEqualTo(newer);
        sessions.complete(newer.id());
        assertThat(sessions.start(ada.resuming()).onboarding().session()).isEqualTo(older);
        sessions.complete(older.id());
        var resumed = sessions.start(ada.resuming());
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.onboarding().session()).isEqualTo(read(newer.id()));
        assertThat(sessions.start(StartRequest.of("genesis").by("bob").resuming())
                        .resumed())
                .isFalse();
    }

    @Test
    void resumeIgnoresSessionsOfOtherFlows() {
        sessions.start(StartRequest.of("genesis").by("ada"));
        assertThat(sessions.findForUser("ada", new FlowFilter.OneFlow("tour"))).isEmpty();
        assertThat(sessions.findForUser("ada", new FlowFilter.AnyFlow())).isPresent();
    }

    @Test
    void theProfileKeepsTheFirstCompletionTime() {
        Session first = sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session();
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isEmpty();
        sessions.declare(first.id(), new Declaration("First."));
        clock.advance(Duration.ofDays(1));
        Session second = sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session();
        sessions.complete(first.id());
        sessions.complete(second.id());
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(NOON);
        assertThat(sessions.profile("ada").flows()).containsExactly(java.util.Map.entry("genesis", NOON));
    }

    @Test
    void listsNewestFirstPageByPage() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> {
                    clock.advance(Duration.ofSeconds(i % 2));
                    return start().id();
                })
                .toList();
        SessionPage first = sessions.list(SessionFilter.all(), 2);
        SessionPage second = sessions.listAfter(first.next().orElseThrow(), SessionFilter.all(), 2);
        SessionPage third = sessions.listAfter(second.next().orElseThrow(), SessionFilter.all(), 2);
        assertThat(third.next()).isEmpty();
        List<Session> all = java.util.stream.Stream.of(first, second, third)
                .flatMap(page -> page.sessions().stream())
                .toList();
        assertThat(all).extracting(Session::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(all).extracting(Session::createdAt).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void everyFilterNarrowsTheList() {
        Session ada = sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session();
        sessions.complete(ada.id());
        clock.advance(Duration.ofSeconds(1));
        Session anonymous = start();
        assertThat(ids(filter().completed(true))).containsExactly(ada.id());
        assertThat(ids(filter().completed(false))).containsExactly(anonymous.id());
        assertThat(ids(filter().user("ada"))).containsExactly(ada.id());
        assertThat(ids(filter().step("completed"))).containsExactly(ada.id());
        assertThat(ids(filter().flow("genesis"))).containsExactly(anonymous.id(), ada.id());
        assertThat(ids(filter().flow("tour"))).isEmpty();
        assertThat(ids(filter().before(anonymous.createdAt()))).containsExactly(ada.id());
    }

    private List<String> ids(Filter filter) {
        return sessions.list(filter.filter(), 10).sessions().stream()
                .map(Session::id)
                .toList();
    }

    private static Filter filter() {
        return new Filter(SessionFilter.all());
    }

    private record Filter(SessionFilter filter) {
        Filter completed(boolean value) {
            return new Filter(new SessionFilter(
                    Optional.of(value), filter.userId(), filter.flow(), filter.step(), filter.createdBefore()));
        }

        Filter user(String value) {
            return new Filter(new SessionFilter(
                    filter.completed(), Optional.of(value), filter.flow(), filter.step(), filter.createdBefore()));
        }

        Filter flow(String value) {
            return new Filter(new SessionFilter(
                    filter.completed(), filter.userId(), Optional.of(value), filter.step(), filter.createdBefore()));
        }

        Filter step(String value) {
            return new Filter(new SessionFilter(
                    filter.completed(), filter.userId(), filter.flow(), Optional.of(value), filter.createdBefore()));
        }

        Filter before(Instant value) {
            return new Filter(new SessionFilter(
                    filter.completed(), filter.userId(), filter.flow(), filter.step(), Optional.of(value)));
        }
    }

    @Test
    void returnsTextOfEveryScriptAndLengthAsSent() {
        String text = "  Ünïcödé 👩‍🚀 \u2028 'quoted' \"twice\" \\ " + "ß".repeat(9_000);
        String id = start().id();
        sessions.declare(id, new Declaration(text));
        assertThat(read(id).firstDeclaration()).contains(text);
        assertThat(sessions.kblock(read(id).firstKBlockId().orElseThrow()).content())
                .isEqualTo(text);
    }
}
