package dev.onward.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.BuiltInFlow;
import dev.onward.model.ClaimPolicy;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a store keeps the secret of a claimed session. */
@OnEachDatabase
class ClaimSecretStoreTest {
    private static final ClaimSecret SECRET = ClaimSecret.of("salt", "secret");

    private final TestDatabase database;

    ClaimSecretStoreTest(DatabaseKind kind) {
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
    void aClaimStoresTheHashAndLaterChangesKeepIt() {
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
    void replacesOnlyTheSecretThatWasReadAndNothingElse() {
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
    void aSecretMatchesOnlyItself() {
        assertThat(SECRET.matches("secret")).isTrue();
        assertThat(SECRET.matches("Secret")).isFalse();
        assertThat(new ClaimSecret("").matches("")).isFalse();
        assertThat(SECRET.toString()).doesNotContain("salt");
    }
}
