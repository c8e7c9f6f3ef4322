package dev.onward.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    @Test
    void theTableIsReadableAsText() {
        BenchReport report = new BenchReport(
                Map.of("date", "2026-01-01T00:00:00Z"),
                List.of(
                        new ReportRow("starts", "20/s", "10/s", "2.00", "≥ 1.60", "yes"),
                        new ReportRow("resident memory, idle", "90 MiB", "", "", "≤ 150 MiB", "yes")));
        assertThat(report.table()).isEqualTo("""
                | what                  | Onward | yardstick | ratio | target    | met |
                | --------------------- | ------ | --------- | ----- | --------- | --- |
                | starts                | 20/s   | 10/s      | 2.00  | ≥ 1.60    | yes |
                | resident memory, idle | 90 MiB |           |       | ≤ 150 MiB | yes |
                """);
        assertThat(report.markdown()).contains("- date: 2026-01-01T00:00:00Z\n").endsWith(report.table());
    }
}
