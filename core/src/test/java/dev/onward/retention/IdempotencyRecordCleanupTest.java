package dev.onward.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long an idempotency record is kept. */
@OnEachDatabase
class IdempotencyRecordCleanupTest extends StoreTest {
    private final IdempotencyRecordCleanup cleanup =
            new IdempotencyRecordCleanup(database.database().retention());

    IdempotencyRecordCleanupTest(DatabaseKind kind) {
        super(kind, Instant.now());
    }

    @Test
    void deletesExpiredRecords() {
        storeRecord("old", IdempotencyRecordCleanup.RETENTION.plusMinutes(1));
        storeRecord("young", Duration.ofHours(24));
        storeRecord("new", Duration.ZERO);
        assertThat(cleanup.run()).isEqualTo(1);
        assertThat(idempotencyRecords()).containsExactlyInAnyOrder("new", "young");
        assertThat(cleanup.run()).isZero();
    }

    @Test
    void doesNotDeleteTheRecordsSession() {
        clock.set(Instant.now().minus(Duration.ofDays(3)));
        sessions.start(StartRequest.of("genesis"), conditions("old"));
        assertThat(cleanup.run()).isEqualTo(1);
        assertThat(database.query("SELECT id FROM onboarding_sessions")).hasSize(1);
    }

    @Test
    void deletesInBatchesUntilNoneIsLeft() {
        String old = database.sql("'2020-01-01 00:00:00.000000'", "'2020-01-01T00:00:00Z'");
        String row = "'', '', ''," + old;
        int many = 2 * IdempotencyRecordCleanup.BATCH + 1;
        for (int i = 0; i < many; i++) {
            database.execute(
                    "INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, created_at) VALUES ('"
                            + UUID.randomUUID() + "', " + row + ")");
        }
        storeRecord("new", Duration.ZERO);
        assertThat(cleanup.run()).isEqualTo(many);
        assertThat(idempotencyRecords()).containsExactly("new");
    }

    private void storeRecord(String id, Duration ago) {
        clock.set(Instant.now().minus(ago));
        sessions.storeResult("answer", conditions(id));
    }

    private static <R> WriteConditions<R> conditions(String id) {
        return new WriteConditions<>(
                Optional.empty(), Optional.of(new WriteConditions.Idempotency<>(id, "print", (R answer) -> "kept")));
    }

    private List<String> idempotencyRecords() {
        return database.query("SELECT id FROM onboarding_idempotency_records").stream()
                .map(String::strip)
                .toList();
    }
}
