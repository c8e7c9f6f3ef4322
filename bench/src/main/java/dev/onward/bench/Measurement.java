package dev.onward.bench;

import java.time.Duration;
import java.util.List;

/** Something that is measured in rounds. It keeps what the rounds came to, and says at the end what that means. */
interface Measurement {
    String NO_BATCHING = "this server has no --batch-size";

    /** What {@code --only} calls it. */
    String name();

    BenchDatabase database();

    /** About how long a round takes. */
    Duration expected(Duration run);

    /** Ours and its yardstick, one right after the other. */
    void round(BenchEnvironment stage);

    List<ReportRow> lines();
}
