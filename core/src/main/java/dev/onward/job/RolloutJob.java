package dev.onward.job;

import dev.onward.logging.ExceptionSummary;
import dev.onward.model.OnboardingException;
import dev.onward.publishing.Release;
import dev.onward.publishing.Rollout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves open sessions to newly released flow versions, and logs finished and failed releases. Not thread-safe. */
public final class RolloutJob {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutJob.class);

    private static final String NOT_YET =
            "Flow {}: version {} is not rolled out yet; sessions that could not be moved and will be retried: {}";

    private final Rollout rollout;
    private final JobListener listener;

    public RolloutJob(Rollout rollout, JobListener listener) {
        this.rollout = rollout;
        this.listener = listener;
    }

    /** Runs once. Throws the store's exceptions if the open releases cannot be read. */
    public Rollout.RolloutReport runOnce() {
        Rollout.RolloutReport report = rollout.runOnce();
        listener.moved(report.moved());
        report.failures().forEach(this::report);
        report.finished().forEach(RolloutJob::log);
        return report;
    }

    private void report(Rollout.ReleaseFailure failure) {
        listener.notMoved(failure.sessions());
        String flow = failure.release().flow();
        int version = failure.release().version();
        failure.cause()
                .filter(cause -> !(cause instanceof OnboardingException.StoreUnavailable))
                .map(ExceptionSummary::new)
                .ifPresentOrElse(
                        summary -> LOG.warn(NOT_YET, flow, version, failure.sessions(), summary),
                        () -> LOG.warn(NOT_YET, flow, version, failure.sessions()));
    }

    private static void log(Release release) {
        LOG.info(
                "flow {}: version {} is rolled out; sessions moved: {}, kept their version: {}",
                release.flow(),
                release.version(),
                release.moved(),
                release.leftBehind());
    }
}
