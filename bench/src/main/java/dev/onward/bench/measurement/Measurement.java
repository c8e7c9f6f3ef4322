package dev.onward.bench.measurement;

import dev.onward.bench.report.ReportRow;
import java.time.Duration;
import java.util.List;

/** A measurement, taken in rounds. It stores the result of each round and reports them all at the end. */
public interface Measurement {
    String NO_BATCHING = "this server has no --batch-size";

    /** The name in {@code --only}. */
    String name();

    BenchDatabase database();

    /** The approximate length of a round. */
    Duration expected(Duration run);

    /** Measures Onward and its yardstick, one right after the other. */
    void round(BenchEnvironment environment);

    List<ReportRow> lines();
}
