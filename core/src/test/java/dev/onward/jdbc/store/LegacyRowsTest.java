package dev.onward.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.retention.RetentionHours;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionFilter;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rows that the original software writes to the table while Onward runs, including contradictory ones. */
@OnEachDatabase
class LegacyRowsTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    LegacyRowsTest(DatabaseKind kind) {
        super(kind, LATER);
    }

    private Session read(String id) {
        return sessions.get(id).session();
    }

    @Test
    void theOriginalCanInsertReadUpdateAndDelete() {
        seed.start("s", "ada", NOON);
        seed.insert("id", "bare");
        seed.declare("s", "Mine.", "kb", LATER);
        assertThat(seed.rows())
                .hasSize(2)
                .contains("s|ada|first_declaration|yes|" + SeedSql.text(LATER) + "|kb|Mine.|" + SeedSql.text(NOON) + "|"
                        + SeedSql.text(LATER));
        seed.delete("s");
        seed.delete("bare");
        assertThat(seed.rows()).isEmpty();
    }

    @Test
    void theOriginalCanChangeAndDeleteASessionOfOnward() {
        Session session = sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session();
        seed.declare(session.id(), "Theirs.", "their-kb", LATER);
        assertThat(read(session.id()).firstDeclaration()).contains("Theirs.");
        assertThat(read(session.id()).completedAt()).contains(LATER);
        seed.delete(session.id());
        assertThatThrownBy(() -> sessions.get(session.id())).isInstanceOf(OnboardingException.SessionNotFound.class);
    }

    @Test
    void aSessionOfTheOriginalCanBeContinuedToItsEnd() {
        seed.start("s", "ada", NOON);
        Onboarding found = sessions.get("s");
        assertThat(found.session().createdAt()).isEqualTo(NOON);
        assertThat(found.next())
                .hasValueSatisfying(step -> assertThat(step.id()).isEqualTo("first_declaration"));
        assertThat(sessions.start(StartRequest.of("genesis").by("ada").resuming())
                        .onboarding())
                .isEqualTo(found);
        var declared = sessions.declare("s", new Declaration("Mine."));
        assertThat(sessions.kblock(declared.kblockId()).sessionId()).isEqualTo("s");
        clock.set(LATER.plusSeconds(1));
        sessions.complete("s");
        assertThat(seed.events("s"))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON),
                        "step_done|first_declaration|" + SeedSql.text(LATER),
                        "completed|first_declaration|" + SeedSql.text(LATER),
                        "confirmed|completed|" + SeedSql.text(LATER.plusSeconds(1)));
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(LATER);
    }

    @Test
    void completedWithoutATimeIsCompleted() {
        seed.insert("id", "s", "user_id", "ada", "completed", true, "created_at", NOON, "updated_at", LATER);
        Onboarding found = sessions.get("s");
        assertThat(found.session().completed()).isTrue();
        assertThat(found.session().completedAt()).isEmpty();
        assertThat(found.next()).isEmpty();
        assertThat(sessions.anyCompleted()).isTrue();
        clock.set(LATER.plusSeconds(5));
        Session completed = sessions.complete("s").session();
        assertThat(completed.completedAt()).contains(LATER.plusSeconds(5));
        assertThat(read("s")).isEqualTo(completed);
        assertThat(sessions.complete("s").session()).isEqualTo(completed);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(LATER);
    }

    @Test
    void aCompletionTimeWithoutCompletedIsOpen() {
        seed.insert("id", "s", "user_id", "ada", "completed_at", NOON, "current_step", "completed");
        Onboarding found = sessions.get("s");
        assertThat(found.session().completed()).isFalse();
        assertThat(found.next()).isPresent();
        assertThat(sessions.anyCompleted()).isFalse();
        assertThat(sessions.findForUser("ada", new FlowFilter.AnyFlow())).contains(found);
        Session declared =
                sessions.declare("s", new Declaration("Mine.")).onboarding().session();
        assertThat(declared.completedAt()).contains(LATER);
        assertThat(declared.currentStep()).isEqualTo("completed");
        assertThat(read("s")).isEqualTo(declared);
    }

    @Test
    void keepsAnUnknownMilestoneUntilTheNextOne() {
        seed.insert("id", "open", "current_step", "f2_complete");
        seed.insert("id", "done", "current_step", "f2_complete", "completed", true, "completed_at", NOON);
        assertThat(read("open").currentStep()).isEqualTo("f2_complete");
        assertThat(sessions.get("open").next()).isPresent();
        assertThat(sessions.list(SessionFilter.all(), 10).sessions()).hasSize(2);
        assertThat(sessions.declare("open", new Declaration("Mine."))
                        .onboarding()
                        .session()
                        .currentStep())
                .isEqualTo("first_declaration");
        assertThat(sessions.declare("done", new Declaration("Mine."))
                        .onboarding()
                        .session()
                        .currentStep())
                .isEqualTo("f2_complete");
        assertThat(sessions.complete("done").session().currentStep()).isEqualTo("completed");
    }

    @Test
    void startedAndCompletedAtOnceIsCompleted() {
        seed.insert("id", "s", "current_step", "started", "completed", true, "completed_at", NOON);
        assertThat(sessions.get("s").next()).isEmpty();
        Session declared =
                sessions.declare("s", new Declaration("Late.")).onboarding().session();
        assertThat(declared.completedAt()).contains(NOON);
        assertThat(declared.currentStep()).isEqualTo("started");
        assertThat(sessions.complete("s").session().currentStep()).isEqualTo("completed");
    }

    @Test
    void returnsTheIdOfAMissingKBlockAndDoesNotFindIt() {
        seed.insert("id", "s", "first_kblock_id", "theirs", "first_declaration", "Mine.", "completed", true);
        var again = sessions.declare("s", new Declaration("Mine."));
        assertThat(again.kblockId()).isEqualTo("theirs");
        assertThatThrownBy(() -> sessions.kblock("theirs")).isInstanceOf(OnboardingException.KBlockNotFound.class);
        assertThatThrownBy(() -> sessions.declare("s", new Declaration("Another.")))
                .isInstanceOf(ConflictException.AlreadyDeclared.class);
        assertThat(seed.events("s")).isEmpty();
    }

    @Test
    void repeatingADeclarationWithoutAKBlockCreatesOne() {
        seed.insert("id", "s", "first_declaration", "Mine.");
        var declared = sessions.declare("s", new Declaration("Mine."));
        assertThat(sessions.kblock(declared.kblockId()).content()).isEqualTo("Mine.");
        assertThat(read("s").firstKBlockId()).contains(declared.kblockId());
        assertThat(read("s").completed()).isTrue();
    }

    @Test
    void aDeclarationReplacesAKBlockWithoutADeclaration() {
        seed.insert("id", "s", "first_kblock_id", "theirs");
        var declared = sessions.declare("s", new Declaration("Mine."));
        assertThat(read("s").firstKBlockId()).contains(declared.kblockId()).isNotEqualTo("theirs");
    }

    @Test
    void aCompletedSessionThatTheOriginalReopensIsOpen() {
        Session session =
                sessions.start(StartRequest.of("genesis")).onboarding().session();
        sessions.complete(session.id());
        seed.update(session.id(), "completed", false);
        assertThat(sessions.get(session.id()).next()).isPresent();
        clock.set(LATER.plusSeconds(9));
        assertThat(sessions.complete(session.id()).session().completedAt()).contains(LATER.plusSeconds(9));
    }

    @Test
    void everyChangeOfOnwardSetsUpdatedAt() {
        seed.start("s", "ada", NOON);
        sessions.declare("s", new Declaration("Mine."));
        assertThat(read("s").updatedAt()).isEqualTo(LATER);
        clock.set(LATER.plusSeconds(1));
        sessions.complete("s");
        assertThat(read("s").updatedAt()).isEqualTo(LATER.plusSeconds(1));
    }

    @Test
    void aReusedIdStartsANewHistory() {
        RetentionHours hours = new RetentionHours(1);
        for (int round = 0; round < 3; round++) {
            seed.start("again", "ada", NOON);
            Instant night = NOON.plus(Duration.ofHours(2));
            assertThat(database.database().retention().delete(java.util.List.of("again"), night, hours))
                    .isEqualTo(1);
            seed.start("again", "ada", NOON);
            sessions.declare("again", new Declaration("Mine."));
            assertThat(read("again").completed()).isTrue();
            seed.delete("again");
            database.database().backfill();
            database.database().deleteOrphans();
        }
        assertThat(seed.events("again"))
                .filteredOn(event -> event.startsWith("deleted"))
                .hasSize(3);
    }

    @Test
    void columnsThatTheOriginalAddsWhileOnwardRunsAreHarmless() {
        Session session =
                sessions.start(StartRequest.of("genesis")).onboarding().session();
        for (int i = 0; i < 10; i++) {
            read(session.id());
        }
        database.execute("ALTER TABLE onboarding_sessions ADD COLUMN f9_step VARCHAR(64)");
        assertThat(read(session.id())).isEqualTo(session);
        assertThat(sessions.complete(session.id()).session()).isEqualTo(read(session.id()));
        assertThat(database.database().backfill()).isZero();
    }
}
