package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SQLite's threads continue when a caller is interrupted, so the caller has to wait for the outcome. */
@Tag("sqlite")
class InterruptedCallerTest extends StoreTest {
    InterruptedCallerTest() {
        super(DatabaseKind.SQLITE, Instant.EPOCH);
    }

    @Test
    void anInterruptedCallerGetsTheOutcomeAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        String id = sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(database.query("SELECT id FROM onboarding_sessions")).containsExactly(id);
    }
}
