package dev.onward.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.ops.Readiness.Part;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void everyPartIsReadyWhileTheDatabaseAnswers() {
        assertThat(new Readiness(_ -> true).parts())
                .allMatch(Part::ready)
                .extracting(Part::name)
                .containsExactly("server", "database");
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        assertThat(new Readiness(_ -> false).parts())
                .filteredOn(part -> !part.ready())
                .extracting(Part::name)
                .containsExactly("database");
    }

    @Test
    void saysThatTheServerIsAboutToStop() {
        Readiness readiness = new Readiness(_ -> true);

        readiness.drain();

        assertThat(readiness.parts())
                .filteredOn(part -> !part.ready())
                .extracting(Part::name)
                .containsExactly("server");
    }
}
