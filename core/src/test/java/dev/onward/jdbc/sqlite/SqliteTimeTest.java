package dev.onward.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionFilter;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("sqlite")
class SqliteTimeTest extends StoreTest {
    SqliteTimeTest() {
        super(DatabaseKind.SQLITE, Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29 12:00:00.123456, 2026-03-29T12:00:00.123456Z",
        "2026-03-29 12:00:00, 2026-03-29T12:00:00Z",
        "2026-03-29T12:00:00Z, 2026-03-29T12:00:00Z",
        "2026-03-29 12:00:00+02:00, 2026-03-29T10:00:00Z",
        "2026-03-29, 2026-03-29T00:00:00Z"
    })
    void readsEveryTimeFormatOfOtherSoftware(String text, Instant time) {
        assertThat(SqliteTime.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "1700000000", "0000-00-00 00:00:00"})
    void anUnreadableTimeCountsAsTheBeginningOf1970(String text) {
        assertThat(SqliteTime.parse(text)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aRowWithAnUnreadableTimeDoesNotHideTheOthers() {
        database.execute(
                "INSERT INTO onboarding_sessions (id, created_at, updated_at) VALUES ('odd', 'yesterday', '')");
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('even')");
        assertThat(sessions.list(SessionFilter.all(), 10).sessions()).hasSize(2);
        assertThat(sessions.complete("odd").session().completed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29 12:00:00", "2026-03-29T12:00:00Z", "yesterday"})
    void aSessionsHistoryIsCompleteInEveryTimeFormat(String text) {
        database.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('odd', '" + text + "')");
        sessions.dismiss("odd", WriteConditions.none());
        sessions.reopen("odd", WriteConditions.none());
        sessions.complete("odd");
        assertThat(sessions.events("odd", EventPosition.BEGINNING, 10).events())
                .extracting(RecordedEvent::type)
                .containsExactly("started", "dismissed", "reopened", "completed");
    }
}
