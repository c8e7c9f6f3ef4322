package dev.onward.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.Database.Health;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void everyPartIsReadyWhileTheDatabaseResponds() {
        assertThat(new Readiness(_ -> Health.WRITABLE, Optional::empty).parts())
                .allMatch(ReadinessPart::ready)
                .extracting(ReadinessPart::name)
                .containsExactly("server", "database");
    }

    @Test
    void reportsADatabaseThatDoesNotRespond() {
        assertThat(new Readiness(_ -> Health.UNREACHABLE, Optional::empty).parts())
                .filteredOn(part -> !part.ready())
                .extracting(ReadinessPart::name)
                .containsExactly("database");
    }

    @Test
    void isNotReadyWhileTheDatabaseRejectsWrites() {
        assertThat(new Readiness(_ -> Health.READ_ONLY, Optional::empty).parts())
                .filteredOn(part -> !part.ready())
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.name()).isEqualTo("database");
                    assertThat(part.detail()).startsWith("read-only");
                });
    }

    @Test
    void namesADatabaseFileThatWasReplaced() {
        assertThat(new Readiness(_ -> Health.UNREACHABLE, () -> Optional.of("The file is gone")).parts())
                .filteredOn(part -> !part.ready())
                .singleElement()
                .satisfies(part -> assertThat(part.detail()).startsWith("The file is gone. Stop the server"));
    }

    @Test
    void reportsThatTheServerIsAboutToStop() {
        Readiness readiness = new Readiness(_ -> Health.WRITABLE, Optional::empty);

        readiness.drain();

        assertThat(readiness.parts())
                .filteredOn(part -> !part.ready())
                .extracting(ReadinessPart::name)
                .containsExactly("server");
    }
}
