package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.retention.RetentionHours;
import dev.onward.session.Receipt;
import dev.onward.session.SessionStore;
import dev.onward.session.Start;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store promises of receipts. */
@OnEachDatabase
class ReceiptTest extends StoreTest {
    private static final String ID = "a".repeat(64);
    private static final String PRINT = "0".repeat(64);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final SessionStore store = database.database().sessions();

    ReceiptTest(DatabaseKind kind) {
        super(kind, NOW);
    }

    @Test
    void isReadAsItWasWritten() {
        String session = session();
        Receipt receipt = receipt(Optional.of(session));
        assertThat(store.write(writing(receipt))).isEqualTo(Written.DONE);
        assertThat(store.receipt(ID)).contains(receipt);
        assertThat(store.receipt("b".repeat(64))).isEmpty();
    }

    @Test
    void mayBeAboutNoSession() {
        assertThat(store.write(writing(receipt(Optional.empty())))).isEqualTo(Written.DONE);
        assertThat(store.receipt(ID)).isPresent();
    }

    @Test
    void isWrittenOnce() {
        String session = session();
        store.write(writing(receipt(Optional.of(session))));
        Receipt other = new Receipt(ID, PRINT, "another", "another token", Optional.of(session), NOW);
        assertThat(store.write(writing(other))).isEqualTo(Written.REPEATED);
        assertThat(store.receipt(ID)).map(Receipt::answer).contains("{\"kept\": \"ä\"}");
    }

    /** As after a COMMIT whose answer was lost. */
    @Test
    void ofTheSameTransactionIsNoRepetition() {
        Receipt receipt = receipt(Optional.of(session()));
        store.write(writing(receipt));
        assertThat(store.write(writing(receipt))).isEqualTo(Written.DONE);
    }

    @Test
    void ofASessionThatIsGoneIsNotWritten() {
        assertThat(store.write(writing(receipt(Optional.of("gone"))))).isEqualTo(Written.OVERTAKEN);
        assertThat(store.receipt(ID)).isEmpty();
    }

    @Test
    void goesWithItsSession() {
        String session = session();
        store.write(writing(receipt(Optional.of(session))));
        database.execute("UPDATE onboarding_sessions SET created_at = '2020-01-01 00:00:00.000000'");
        database.database().retention().delete(List.of(session), Instant.now(), RetentionHours.DEFAULT);
        assertThat(store.receipt(ID)).isEmpty();
    }

    private String session() {
        return sessions.start(Start.of("genesis")).journey().session().id();
    }

    private static Writing writing(Receipt receipt) {
        return new Writing(List.of(), Optional.of(receipt));
    }

    private static Receipt receipt(Optional<String> session) {
        return new Receipt(ID, PRINT, "{\"kept\": \"ä\"}", "token", session, NOW);
    }
}
