package dev.onward.server.ops;

import dev.onward.jdbc.Batching;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Measures how many calls the database serves together, and how long those wait that do not come first. Logs a batch that
 * failed for a reason that nobody foresaw.
 */
public final class BatchMeters implements Batching.Observer {
    private static final Logger LOG = LoggerFactory.getLogger(BatchMeters.class);

    /** As the access log sets it. */
    private static final String REQUEST_ID = "request_id";

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

    @Override
    public String requestId() {
        return Optional.ofNullable(MDC.get(REQUEST_ID)).orElse("");
    }

    @Override
    public void failed(Batching.Work work, Throwable failure, List<String> requestIds) {
        LOG.atError()
                .setCause(new Fault(failure))
                .addKeyValue("request_ids", String.join(",", requestIds))
                .log("a batch failed; each of its requests is tried again alone");
    }

    private Work of(Batching.Work work) {
        return switch (work) {
            case FIND -> finds;
            case WRITE -> writes;
        };
    }
}
