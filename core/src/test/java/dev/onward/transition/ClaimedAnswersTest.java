package dev.onward.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.BuiltInFlow;
import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.kblock.KBlock;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.SessionView.SessionState;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.ClaimResult;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A claim moves K-Blocks, and answers that another version requires, from an anonymous session. */
@OnEachDatabase
class ClaimedAnswersTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");

    private static final Flow FIRST = FlowReader.review("makers.yaml", """
            flow: makers
            title: Makers
            steps:
              - {id: size, title: Size, optional: true, input: {}}
              - {id: hello, title: Hello, optional: true, input: {}}
              - {id: long_text, title: Long, optional: true, input: {}}
              - {id: credo, title: Credo, optional: true, creates: kblock}
              - {id: motto, title: Motto, optional: true, creates: kblock}
              - {id: gone, title: Gone, optional: true, input: {type: string}}
              - {id: last, title: Last}
            """);

    private static final Flow SECOND = FlowReader.review("makers.yaml", """
                    flow: makers
                    title: Makers
                    steps:
                      - {id: size, title: Size, optional: true, input: {type: integer, maximum: 10}}
                      - {id: hello, title: Hello}
                      - {id: long_text, title: Long, optional: true, input: {}}
                      - {id: credo, title: Credo, optional: true, creates: kblock}
                      - {id: motto, title: Motto, optional: true, creates: kblock}
                      - {id: last, title: Last}
                    """).atVersion(2);

    /** The time before the second version was published. */
    private final SessionService before = new SessionService(
            FlowCatalog.of(List.of(FIRST)), database.database().sessions(), clock, IdGenerator.random());

    ClaimedAnswersTest(DatabaseKind kind) {
        super(kind, NOON, FlowCatalog.of(List.of(FIRST, SECOND)));
    }

    private String anonymousSession() {
        return before.start(StartRequest.of("makers")).onboarding().session().id();
    }

    private String adasSession() {
        return sessions.start(StartRequest.of("makers").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    private Onboarding submit(String id, String step, Object answer) {
        return sessions.submit(id, step, answer, WriteConditions.none());
    }

    private ClaimResult merge(String id) {
        clock.advance(Duration.ofSeconds(5));
        return sessions.claim(id, "ada", ClaimPolicy.MERGE_ANSWERS, WriteConditions.none());
    }

    private String kblock(String id, String step) {
        return sessions.get(id)
                .answers()
                .submitted(step)
                .orElseThrow()
                .kblockId()
                .orElseThrow();
    }

    @Test
    void aClaimedSessionKeepsItsKBlocks() {
        String id = anonymousSession();
        String credo = sessions.declare(id, new Declaration("Mine.")).kblockId();
        submit(id, "motto", Map.of("declaration", "Onward."));
        clock.advance(Duration.ofSeconds(5));
        sessions.claim(id, "ada", ClaimPolicy.FAIL, WriteConditions.none());
        for (String kblock : List.of(credo, kblock(id, "motto"))) {
            KBlock owned = sessions.kblock(kblock);
            assertThat(owned.userId()).contains("ada");
            assertThat(owned.sessionId()).isEqualTo(id);
            assertThat(owned.createdAt()).isEqualTo(NOON);
            assertThat(owned.updatedAt()).isEqualTo(clock.instant());
        }
    }

    @Test
    void aMergeMovesKBlocksToTheUsersOwnSession() {
        String usersSession = adasSession();
        String id = anonymousSession();
        String credo = sessions.declare(id, new Declaration("Mine.")).kblockId();
        submit(id, "motto", Map.of("declaration", "Onward."));
        String motto = kblock(id, "motto");

        assertThat(merge(id).merged()).containsExactly("credo", "motto");

        assertThat(kblock(usersSession, "credo")).isEqualTo(credo);
        assertThat(kblock(usersSession, "motto")).isEqualTo(motto);
        Session session = sessions.get(usersSession).session();
        assertThat(session.firstDeclaration()).contains("Mine.");
        assertThat(session.firstKBlockId()).contains(credo);
        for (String kblock : List.of(credo, motto)) {
            assertThat(sessions.kblock(kblock).sessionId()).isEqualTo(usersSession);
            assertThat(sessions.kblock(kblock).userId()).contains("ada");
            assertThat(sessions.kblock(kblock).updatedAt()).isEqualTo(clock.instant());
        }
        assertThat(sessions.declare(usersSession, new Declaration("Mine.")).kblockId())
                .isEqualTo(credo);
    }

    @Test
    void aMovedKBlockOutlivesItsFormerSession() {
        clock.set(Instant.now().minus(Duration.ofDays(3)));
        String id = anonymousSession();
        String credo = sessions.declare(id, new Declaration("Mine.")).kblockId();
        clock.set(Instant.now());
        String usersSession = adasSession();
        merge(id);
        int deleted = new AbandonedSessionCleanup(database.database().retention())
                .run(new RetentionHours(24))
                .deletedCount();
        assertThat(deleted).isEqualTo(1);
        assertThat(sessions.kblock(credo).sessionId()).isEqualTo(usersSession);
    }

    @Test
    void theUsersOwnDeclarationStaysAndTheOtherKBlockIsNotMoved() {
        String usersSession = adasSession();
        submit(usersSession, "hello", Map.of());
        String credo = sessions.declare(usersSession, new Declaration("Ada's.")).kblockId();
        String id = anonymousSession();
        String other = sessions.declare(id, new Declaration("Eve's.")).kblockId();
        ClaimResult claimed = merge(id);
        assertThat(claimed.merged()).isEmpty();
        assertThat(claimed.left()).containsExactly("credo");
        assertThat(sessions.get(usersSession).session().firstKBlockId()).contains(credo);
        assertThat(sessions.kblock(other).sessionId()).isEqualTo(id);
        assertThat(sessions.kblock(other).userId()).isEmpty();
    }

    @Test
    void anEqualDeclarationOfBothSessionsIsNotLeftOut() {
        String usersSession = adasSession();
        submit(usersSession, "hello", Map.of());
        String credo = sessions.declare(usersSession, new Declaration("Mine.")).kblockId();
        String id = anonymousSession();
        sessions.declare(id, new Declaration("Mine."));
        assertThat(merge(id).left()).isEmpty();
        assertThat(sessions.get(usersSession).session().firstKBlockId()).contains(credo);
    }

    @Test
    void doesNotMergeAnAnswerThatViolatesTheNewerSchema() {
        String usersSession = adasSession();
        String id = anonymousSession();
        submit(id, "size", 11);
        submit(id, "hello", Map.of("not", "asked for any more"));
        submit(id, "gone", "A step that is gone.");
        ClaimResult claimed = merge(id);
        assertThat(claimed.merged()).isEmpty();
        assertThat(claimed.left()).containsExactly("size", "hello", "gone");
        assertThat(sessions.get(usersSession).answers().byStep()).isEmpty();
        assertThat(claimed.onboarding().flow().version()).isEqualTo(2);

        String fits = anonymousSession();
        submit(fits, "size", 10);
        assertThat(merge(fits).merged()).containsExactly("size");
    }

    @Test
    void doesNotMergeASkipOfAStepThatIsNowRequired() {
        String usersSession = adasSession();
        String id = anonymousSession();
        sessions.skip(id, "hello", WriteConditions.none());
        sessions.skip(id, "size", WriteConditions.none());
        ClaimResult claimed = merge(id);
        assertThat(claimed.merged()).containsExactly("size");
        assertThat(claimed.left()).containsExactly("hello");
        assertThat(sessions.get(usersSession).next().orElseThrow().id()).isEqualTo("hello");
    }

    @Test
    void doesNotMergeAnAnswerThatExceedsTheMaximumSize() {
        String usersSession = adasSession();
        submit(usersSession, "hello", Map.of());
        submit(usersSession, "long_text", "l".repeat(60_000));
        String id = anonymousSession();
        submit(id, "motto", Map.of("declaration", "m".repeat(6_000)));
        submit(id, "last", Map.of());
        ClaimResult claimed = merge(id);
        assertThat(claimed.merged()).containsExactly("last");
        assertThat(claimed.left()).containsExactly("motto");
        assertThat(sessions.kblock(kblock(id, "motto")).sessionId()).isEqualTo(id);
        submit(usersSession, "long_text", "short");
    }

    @Test
    void mergesADeclarationOfOtherSoftware() {
        SessionService genesis =
                new SessionService(BuiltInFlow.catalog(), database.database().sessions(), clock, IdGenerator.random());
        seed.start("theirs", "nobody", NOON);
        database.execute("UPDATE onboarding_sessions SET user_id = NULL, first_declaration = 'Theirs.',"
                + " first_kblock_id = 'their-kblock' WHERE id = 'theirs'");
        String usersSession = genesis.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
        ClaimResult claimed = genesis.claim("theirs", "ada", ClaimPolicy.MERGE_ANSWERS, WriteConditions.none());
        assertThat(claimed.merged()).containsExactly("first_declaration");
        assertThat(genesis.get(usersSession).session().firstDeclaration()).contains("Theirs.");
        assertThat(genesis.get(usersSession).session().firstKBlockId()).contains("their-kblock");
        assertThat(genesis.get(usersSession).session().state()).isEqualTo(SessionState.FINISHED);
    }
}
