package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.transition.IdGenerator;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final IdGenerator ids = IdGenerator.random();

    @Test
    void idsOfOneMillisecondSortInOrderOfCreation() {
        List<String> created =
                IntStream.range(0, 20_000).mapToObj(i -> ids.next(NOON)).toList();
        assertThat(created).isSorted().doesNotHaveDuplicates();
        assertThat(ids.next(NOON.plusSeconds(60))).isGreaterThan(created.getLast());
    }

    @Test
    void anIdSortsBehindEarlierOnesEvenIfTheClockGoesBack() {
        String first = ids.next(NOON);
        assertThat(ids.next(NOON.minusSeconds(3600))).isGreaterThan(first);
    }

    @Test
    void anIdIsAUuidOfVersion7WithTheTime() {
        UUID id = UUID.fromString(ids.next(NOON));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }
}
