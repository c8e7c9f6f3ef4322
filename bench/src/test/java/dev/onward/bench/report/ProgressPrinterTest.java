package dev.onward.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private final ProgressPrinter progress =
            new ProgressPrinter(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> now);

    @Test
    void printsTheRemainingTime() {
        progress.expect(Duration.ofMinutes(10));
        progress.begin(Duration.ofMinutes(4));
        now = now.plus(Duration.ofMinutes(1));
        progress.print("pgbench");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("[9 min left] pgbench" + System.lineSeparator());
    }

    @Test
    void aSlowStepDoesNotReduceTheRemainingTime() {
        progress.expect(Duration.ofMinutes(10));
        progress.begin(Duration.ofMinutes(4));
        now = now.plus(Duration.ofMinutes(9));
        progress.print("pgbench");
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("[6 min left]");
    }
}
