package dev.onward.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    @Test
    void computesIdsLikePostgres() {
        // SELECT md5('session-1')::uuid
        assertThat(SessionIds.of("session-1")).isEqualTo("c7af2d35-44f0-94b2-8e7f-a85bd32bd22c");
    }

    @Test
    void usesOnlyCompletedSessions() {
        Set<String> completed = IntStream.rangeClosed(1, 50)
                .filter(n -> n % 10 > 1)
                .mapToObj(n -> SessionIds.of("session-" + n))
                .collect(Collectors.toSet());
        assertThat(SessionIds.loaded(50, 2_000, new Random(1))).isSubsetOf(completed);
        assertThat(Set.copyOf(SessionIds.loaded(50, 2_000, new Random(1)))).isEqualTo(completed);
    }

    @Test
    void aPoolContainsEachSessionOnce() {
        assertThat(SessionIds.opened("pool", 4, 25)).hasSize(100).doesNotHaveDuplicates();
    }
}
