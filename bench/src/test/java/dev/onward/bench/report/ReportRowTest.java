package dev.onward.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportRowTest {

    @Test
    void theMedianOfTheRatiosDecides() {
        ReportRow line = ReportRow.ratio(
                "starts", Unit.PER_SECOND, List.of(10.0, 20.0, 30.0), List.of(10.0, 10.0, 10.0), Target.atLeast(2));
        assertThat(line.cells()).containsExactly("starts", "20/s (10–30)", "10/s", "2.00 (1.00–3.00)", "≥ 2.00", "yes");
    }

    @Test
    void highlightsMissedTargets() {
        assertThat(ReportRow.value("p99", List.of(10.01), Target.atMost(10, Unit.MILLISECONDS))
                        .targetMet())
                .isEqualTo("**no**");
        assertThat(ReportRow.value("p99", List.of(10.0), Target.atMost(10, Unit.MILLISECONDS))
                        .targetMet())
                .isEqualTo("yes");
    }

    @Test
    void anOmittedMeasurementDoesNotMeetItsTarget() {
        assertThat(ReportRow.notMeasured("start-up", "no cache").targetMet()).isEqualTo("not measured");
    }
}
