package dev.onward.server.ops;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.logging.ExceptionSummary;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Measures batch sizes and queueing times. Logs batches that failed with an unexpected error. */
public final class BatchMeters implements BatchSettings.BatchListener {
    private static final Logger LOG = LoggerFactory.getLogger(BatchMeters.class);

    /** The MDC key that the access log sets. */
    private static final String REQUEST_ID = "request_id";

    private final BatchTimers finds;
    private final BatchTimers writes;

    private record BatchTimers(DistributionSummary sizes, Timer waits) {
        static BatchTimers of(MeterRegistry meters, String name) {
            return new BatchTimers(
                    DistributionSummary.builder("onward.batch.size")
                            .description("Calls per transaction")
                            .tag("work", name)
                            .register(meters),
                    Timer.builder("onward.batch.wait")
                            .description("Waiting time of queued calls")
                            .tag("work", name)
                            .register(meters));
        }
    }

    public BatchMeters(MeterRegistry meters) {
        this.finds = BatchTimers.of(meters, "find");
        this.writes = BatchTimers.of(meters, "write");
    }

    @Override
    public void served(BatchSettings.BatchKind kind, int calls) {
        of(kind).sizes().record(calls);
    }

    @Override
    public void waited(BatchSettings.BatchKind kind, long nanos) {
        of(kind).waits().record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public String requestId() {
        return Optional.ofNullable(MDC.get(REQUEST_ID)).orElse("");
    }

    @Override
    public void failed(BatchSettings.BatchKind kind, Throwable failure, List<String> requestIds) {
        LOG.atError()
                .setCause(new ExceptionSummary(failure))
                .addKeyValue("request_ids", String.join(",", requestIds))
                .log("A batch failed; each of its requests is retried alone");
    }

    private BatchTimers of(BatchSettings.BatchKind kind) {
        return switch (kind) {
            case FIND -> finds;
            case WRITE -> writes;
        };
    }
}
