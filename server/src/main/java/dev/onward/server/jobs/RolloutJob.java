package dev.onward.server.jobs;

import dev.onward.model.OnboardingException;
import dev.onward.publishing.Release;
import dev.onward.publishing.Rollout;
import dev.onward.web.problem.ExceptionSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings sessions under way to the versions that were released. Not thread-safe. */
public final class RolloutJob {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutJob.class);

    private static final String NOT_YET =
            "Flow {}: version {} is not rolled out yet; sessions that could not be moved and will be retried: {}";

    private final Rollout rollout;
    private final Counter moved;
    private final Counter failed;

    public RolloutJob(Rollout rollout, MeterRegistry meters) {
        this.rollout = rollout;
        this.moved = Counter.builder("onward.sessions.moved")
                .description("Open sessions that this server moved to a new flow version")
                .register(meters);
        this.failed = Counter.builder("onward.sessions.move.failures")
                .description("Failed attempts of this server to move an open session")
                .register(meters);
    }

    /** One run; throws what the stores throw where the releases cannot be read. */
    public Rollout.RolloutReport runOnce() {
        Rollout.RolloutReport report = rollout.runOnce();
        moved.increment(report.moved());
        report.troubles().forEach(this::tell);
        report.finished().forEach(RolloutJob::tell);
        return report;
    }

    private void tell(Rollout.Trouble trouble) {
        failed.increment(trouble.sessions());
        String flow = trouble.release().flow();
        int version = trouble.release().version();
        trouble.cause()
                .filter(cause -> !(cause instanceof OnboardingException.StoreUnavailable))
                .map(ExceptionSummary::new)
                .ifPresentOrElse(
                        fault -> LOG.warn(NOT_YET, flow, version, trouble.sessions(), fault),
                        () -> LOG.warn(NOT_YET, flow, version, trouble.sessions()));
    }

    private static void tell(Release release) {
        LOG.info(
                "flow {}: version {} is rolled out; sessions moved: {}, kept their version: {}",
                release.flow(),
                release.version(),
                release.moved(),
                release.leftBehind());
    }
}
