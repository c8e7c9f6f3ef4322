package dev.onward.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.retention.RetentionHours;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.SessionStore;
import dev.onward.session.StartRequest;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The store's promises for idempotency records. */
@OnEachDatabase
class IdempotencyRecordTest extends StoreTest {
    private static final String ID = "a".repeat(64);
    private static final String PRINT = "0".repeat(64);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final SessionStore store = database.database().sessions();

    IdempotencyRecordTest(DatabaseKind kind) {
        super(kind, NOW);
    }

    @Test
    void readsTheStoredRecord() {
        String session = session();
        IdempotencyRecord idempotencyRecord = idempotencyRecord(Optional.of(session));
        assertThat(store.write(writing(idempotencyRecord))).isEqualTo(CommitResult.DONE);
        assertThat(store.idempotencyRecord(ID)).contains(idempotencyRecord);
        assertThat(store.idempotencyRecord("b".repeat(64))).isEmpty();
    }

    @Test
    void aRecordMayHaveNoSession() {
        assertThat(store.write(writing(idempotencyRecord(Optional.empty())))).isEqualTo(CommitResult.DONE);
        assertThat(store.idempotencyRecord(ID)).isPresent();
    }

    @Test
    void aRecordIsWrittenOnce() {
        String session = session();
        store.write(writing(idempotencyRecord(Optional.of(session))));
        IdempotencyRecord other =
                new IdempotencyRecord(ID, PRINT, "another", "another token", Optional.of(session), NOW);
        assertThat(store.write(writing(other))).isEqualTo(CommitResult.DUPLICATE);
        assertThat(store.idempotencyRecord(ID)).map(IdempotencyRecord::answer).contains("{\"kept\": \"ä\"}");
    }

    /** Simulates a lost response to a COMMIT. */
    @Test
    void aRetryOfTheSameWriteIsNoDuplicate() {
        IdempotencyRecord idempotencyRecord = idempotencyRecord(Optional.of(session()));
        store.write(writing(idempotencyRecord));
        assertThat(store.write(writing(idempotencyRecord))).isEqualTo(CommitResult.DONE);
    }

    @Test
    void writesNoRecordOfADeletedSession() {
        assertThat(store.write(writing(idempotencyRecord(Optional.of("gone"))))).isEqualTo(CommitResult.CONFLICT);
        assertThat(store.idempotencyRecord(ID)).isEmpty();
    }

    @Test
    void isDeletedWithItsSession() {
        String session = session();
        store.write(writing(idempotencyRecord(Optional.of(session))));
        database.execute("UPDATE onboarding_sessions SET created_at = '2020-01-01 00:00:00.000000'");
        database.database().retention().delete(List.of(session), Instant.now(), RetentionHours.DEFAULT);
        assertThat(store.idempotencyRecord(ID)).isEmpty();
    }

    @Test
    void isNotFoundWhenOtherSoftwareHasDeletedItsSession() {
        String session = session();
        store.write(writing(idempotencyRecord(Optional.of(session))));
        seed.delete(session);
        assertThat(store.idempotencyRecord(ID)).isEmpty();
        IdempotencyRecord next =
                new IdempotencyRecord(ID, PRINT, "of the next", "next token", Optional.of(session()), NOW);
        assertThat(store.write(writing(next))).isEqualTo(CommitResult.DONE);
        assertThat(store.idempotencyRecord(ID)).contains(next);
    }

    private String session() {
        return sessions.start(StartRequest.of("genesis")).onboarding().session().id();
    }

    private static UnitOfWork writing(IdempotencyRecord idempotencyRecord) {
        return new UnitOfWork(List.of(), Optional.of(idempotencyRecord));
    }

    private static IdempotencyRecord idempotencyRecord(Optional<String> session) {
        return new IdempotencyRecord(ID, PRINT, "{\"kept\": \"ä\"}", "token", session, NOW);
    }
}
