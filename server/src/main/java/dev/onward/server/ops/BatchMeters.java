package dev.onward.server.ops;

import dev.onward.jdbc.Batching;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Measures how many calls the database serves together, and how long those wait that do not come first. */
public final class BatchMeters implements Batching.Observer {
    private final Work finds;
    private final Work writes;

    private record Work(DistributionSummary sizes, Timer waits) {
        static Work of(MeterRegistry meters, String name) {
            return new Work(
                    DistributionSummary.builder("onward.batch.size")
                            .description("Calls that one transaction served")
                            .tag("work", name)
                            .register(meters),
                    Timer.builder("onward.batch.wait")
                            .description("How long calls waited for their turn that were not served at once")
                            .tag("work", name)
                            .register(meters));
        }
    }

    public BatchMeters(MeterRegistry meters) {
        this.finds = Work.of(meters, "find");
        this.writes = Work.of(meters, "write");
    }

    @Override
    public void served(Batching.Work work, int calls) {
        of(work).sizes().record(calls);
    }

    @Override
    public void waited(Batching.Work work, long nanos) {
        of(work).waits().record(nanos, TimeUnit.NANOSECONDS);
    }

    private Work of(Batching.Work work) {
        return switch (work) {
            case FIND -> finds;
            case WRITE -> writes;
        };
    }
}
