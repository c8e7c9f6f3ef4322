package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.BuiltInFlow;
import dev.onward.model.ClaimPolicy;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that were claimed before there were secrets, and what a secret of today leaves alone. */
@OnEachDatabase
class ClaimSecretMigrationTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final ClaimSecret SECRET = ClaimSecret.of("salt", "secret");

    private final TestDatabase database;

    ClaimSecretMigrationTest(DatabaseKind kind) {
        database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private SessionService sessions() {
        return new SessionService(
                BuiltInFlow.catalog(), database.database().sessions(), InstantSource.system(), IdGenerator.random());
    }

    @Test
    void theIdGoesOnOpeningWhatWasClaimedBefore() {
        SeedSql seed = new SeedSql(database);
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:dev/onward/jdbc/" + database.sql("sqlite", "postgresql"))
                .table("onboarding_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target("11.1")
                .load()
                .migrate();
        seed.insert("id", "claimed", "user_id", "ada", "created_at", CREATED, "updated_at", CREATED, "revision", "2");

        database.database().migrations().migrate();

        Session session = sessions().find("claimed");
        assertThat(session.claimSecret()).isEmpty();
        assertThat(session.userId()).contains("ada");
        assertThat(session.revision()).isEqualTo(2);
    }

    @Test
    void aClaimKeepsTheHashAndALaterChangeLeavesIt() {
        database.database().migrations().migrate();
        SessionService sessions = sessions();
        String id = sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id();

        sessions.claim(id, "ada", ClaimPolicy.FAIL, Optional.of(SECRET), WriteConditions.none());
        assertThat(sessions.find(id).claimSecret()).contains(SECRET);

        sessions.dismiss(id, WriteConditions.none());
        assertThat(sessions.find(id).claimSecret()).contains(SECRET);
    }

    @Test
    void replacingASecretMovesNothingElseAndOnlyTheOneThatWasRead() {
        database.database().migrations().migrate();
        SessionService sessions = sessions();
        Session before = sessions.find(sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id());

        Session closed = sessions.renewClaimSecret(before, SECRET);
        assertThat(closed.claimSecret()).contains(SECRET);
        assertThat(closed.revision()).isEqualTo(before.revision());
        assertThat(closed.updatedAt()).isEqualTo(before.updatedAt());

        assertThat(sessions.renewClaimSecret(before, ClaimSecret.of("other", "secret"))
                        .claimSecret())
                .contains(SECRET);
    }

    @Test
    void aSecretMatchesItselfAlone() {
        assertThat(SECRET.matches("secret")).isTrue();
        assertThat(SECRET.matches("Secret")).isFalse();
        assertThat(new ClaimSecret("").matches("")).isFalse();
        assertThat(SECRET.toString()).doesNotContain("salt");
    }
}
