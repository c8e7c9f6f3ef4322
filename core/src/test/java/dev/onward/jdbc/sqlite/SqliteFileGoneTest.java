package dev.onward.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.OnboardingException;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class SqliteFileGoneTest extends StoreTest {
    private static final StartRequest ANONYMOUS = StartRequest.of("genesis");

    SqliteFileGoneTest() {
        super(DatabaseKind.SQLITE, Instant.EPOCH);
    }

    @Test
    void failsWhileTheFileIsMissingAndRecoversWhenItIsBack() throws IOException {
        Path file = Path.of(database.jdbcUrl().substring("jdbc:sqlite:".length()));
        Path away = file.resolveSibling("away.db");
        String id = sessions.start(ANONYMOUS).onboarding().session().id();

        Files.move(file, away);
        assertThatThrownBy(() -> sessions.start(ANONYMOUS)).isInstanceOf(OnboardingException.StoreUnavailable.class);
        assertThat(database.database().answers(Duration.ofSeconds(2))).isFalse();
        assertThat(file).as("no new database is made in its place").doesNotExist();

        Files.move(away, file);
        assertThat(database.database().answers(Duration.ofSeconds(2))).isTrue();
        assertThat(sessions.get(id).session().id()).isEqualTo(id);
        sessions.start(ANONYMOUS);
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("2");
    }
}
