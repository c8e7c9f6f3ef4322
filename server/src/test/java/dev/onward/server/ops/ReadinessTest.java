package dev.onward.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.Database.Health;
import dev.onward.server.ops.Readiness.Part;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void everyPartIsReadyWhileTheDatabaseAnswers() {
        assertThat(new Readiness(_ -> Health.WRITABLE).parts())
                .allMatch(Part::ready)
                .extracting(Part::name)
                .containsExactly("server", "database");
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        assertThat(new Readiness(_ -> Health.UNREACHABLE).parts())
                .filteredOn(part -> !part.ready())
                .extracting(Part::name)
                .containsExactly("database");
    }

    @Test
    void isNotReadyWhileTheDatabaseRefusesWrites() {
        assertThat(new Readiness(_ -> Health.READ_ONLY).parts())
                .filteredOn(part -> !part.ready())
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.name()).isEqualTo("database");
                    assertThat(part.detail()).startsWith("read-only");
                });
    }

    @Test
    void saysThatTheServerIsAboutToStop() {
        Readiness readiness = new Readiness(_ -> Health.WRITABLE);

        readiness.drain();

        assertThat(readiness.parts())
                .filteredOn(part -> !part.ready())
                .extracting(Part::name)
                .containsExactly("server");
    }
}
