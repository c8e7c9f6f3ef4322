package dev.onward.server.jobs;

import dev.onward.publishing.Release;
import dev.onward.publishing.Rollout;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings sessions under way to the versions that were released. Not thread-safe. */
public final class RolloutJob {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutJob.class);

    private final Rollout rollout;
    private final Counter moved;

    public RolloutJob(Rollout rollout, MeterRegistry meters) {
        this.rollout = rollout;
        this.moved = Counter.builder("onward.sessions.moved")
                .description("Open sessions that this server brought to a version that was released")
                .register(meters);
    }

    /** One run; throws what the stores throw, and keeps what was done until then. */
    public Rollout.Report runOnce() {
        Rollout.Report report = rollout.runOnce();
        moved.increment(report.moved());
        report.finished().forEach(RolloutJob::tell);
        return report;
    }

    private static void tell(Release release) {
        LOG.info(
                "flow {}: version {} is rolled out; sessions moved: {}, left on their version: {}",
                release.flow(),
                release.version(),
                release.moved(),
                release.leftBehind());
    }
}
