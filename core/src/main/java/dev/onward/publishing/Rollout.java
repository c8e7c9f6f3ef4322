package dev.onward.publishing;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import dev.onward.session.VersionUpgrader;
import dev.onward.session.VersionUpgrader.UpgradeResult;
import dev.onward.transition.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Moves open sessions to released versions, by the policy of each version. Any number of nodes may run it at the same
 * time, and may be killed at any moment: it moves a few hundred sessions per transaction, and the next run continues
 * with the rest. If such a transaction fails, each of its sessions is moved in its own transaction. <p>For a second
 * after a release, other nodes may start sessions on the previous version. So a release is finished by a pass that
 * begins a minute after it and fails at no session. Sessions that fail are skipped, and retried by the next pass. Not
 * thread-safe.
 */
public final class Rollout {
    private static final int BATCH = 500;

    /** The maximum number of sessions of a release in one run, so that a run ends soon. */
    private static final int MAX_SESSIONS_PER_RUN = 10 * BATCH;

    private final ReleaseStore store;
    private final FlowCatalog flows;
    private final VersionUpgrader change;
    private final InstantSource clock;
    private final Map<String, RolloutPass> passes = new HashMap<>();

    public Rollout(ReleaseStore store, FlowCatalog flows, VersionUpgrader change, InstantSource clock) {
        this.store = store;
        this.flows = flows;
        this.change = change;
        this.clock = clock;
    }

    /**
     * The result of a run.
     *
     * @param moved the number of moved sessions
     * @param finished the releases that it ended, with their final state
     * @param failures the failures, at most one for each release
     * @param more whether the next run should follow at once
     */
    public record RolloutReport(int moved, List<Release> finished, List<ReleaseFailure> failures, boolean more) {}

    /**
     * A failure of a release, which continues with the next run.
     *
     * @param sessions the number of skipped sessions
     * @param cause the first exception; empty if others only kept changing the sessions
     */
    public record ReleaseFailure(Release release, int sessions, Optional<RuntimeException> cause) {}

    /** Runs once. Throws the exceptions of the stores if the releases cannot be read. */
    public RolloutReport runOnce() {
        List<Release> open = store.open();
        passes.keySet().retainAll(open.stream().map(Release::id).collect(Collectors.toSet()));
        List<RolloutRun> runs = open.stream().map(RolloutRun::new).toList();
        runs.forEach(RolloutRun::run);
        return new RolloutReport(
                runs.stream().mapToInt(run -> run.moved).sum(),
                runs.stream().flatMap(run -> run.finished.stream()).toList(),
                runs.stream().flatMap(run -> run.failure().stream()).toList(),
                runs.stream().anyMatch(run -> run.more));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** One run for one release. */
    private final class RolloutRun {
        private final Release release;
        private final RolloutPass pass;
        private final List<Release> finished = new ArrayList<>();
        private Optional<RuntimeException> cause = Optional.empty();
        private int moved;
        private int failed;
        private boolean more;

        private RolloutRun(Release release) {
            this.release = release;
            this.pass = passes.compute(
                    release.id(),
                    (id, known) -> known == null ? RolloutPass.first(release, now()) : known.at(release, now()));
        }

        /** Runs until the end or a failure, which does not affect other releases. */
        private void run() {
            if (pass.isComplete()) {
                return;
            }
            try {
                target().ifPresent(this::upgradeAll);
                if (pass.isLast()) {
                    store.finish(release.id(), now(), pass.notMoved());
                    store.newest(release.flow()).ifPresent(finished::add);
                } else if (pass.isComplete()) {
                    store.leftBehind(release.id(), pass.notMoved());
                }
            } catch (RuntimeException e) {
                failed(e);
            }
        }

        /** Empty if this node cannot read the version; then another node continues. */
        private Optional<Flow> target() {
            try {
                return flows.find(release.flow(), release.version());
            } catch (FlowUnusableException e) {
                return Optional.empty();
            }
        }

        private void upgradeAll(Flow to) {
            for (int looked = 0; !pass.isComplete() && store.isOpen(release.id()); looked += BATCH) {
                if (looked == MAX_SESSIONS_PER_RUN) {
                    more = true;
                    return;
                }
                List<OpenSession> batch = batch();
                Map<String, UpgradeResult> together = upgradeBatch(to, batch);
                for (OpenSession one : batch) {
                    pass.reached(one);
                    UpgradeResult upgraded = together.get(one.position().id());
                    if (upgraded == null ? !upgrade(to, one) : !reached(upgraded)) {
                        return;
                    }
                }
                if (batch.size() < BATCH) {
                    pass.complete(release, now());
                }
            }
        }

        private List<OpenSession> batch() {
            ReleaseStore.OutdatedSessions outdated =
                    new ReleaseStore.OutdatedSessions(release.flow(), release.version(), release.releasedAt());
            return pass.position()
                    .map(position -> store.openSessionsAfter(position, outdated, BATCH))
                    .orElseGet(() -> store.openSessions(outdated, BATCH));
        }

        private Map<String, UpgradeResult> upgradeBatch(Flow to, List<OpenSession> batch) {
            List<Session> sessions =
                    batch.stream().flatMap(one -> one.session().stream()).toList();
            return change.upgradeBatch(sessions, to, release.id());
        }

        /** @return whether the release continues */
        private boolean upgrade(Flow to, OpenSession one) {
            try {
                return reached(change.upgrade(readable(one), to, release.id()));
            } catch (RuntimeException e) {
                skip();
                failed(e);
                // If the whole database fails, this fails too, and ends the run.
                return store.isOpen(release.id());
            }
        }

        /** @return whether the release continues */
        private boolean reached(UpgradeResult upgraded) {
            return switch (upgraded) {
                case MOVED -> {
                    moved++;
                    yield true;
                }
                case INCOMPATIBLE -> {
                    pass.countLeftBehind();
                    yield true;
                }
                case NOT_NEEDED -> true;
                case CONTENDED -> {
                    skip();
                    yield true;
                }
                case RELEASE_ENDED -> false;
            };
        }

        private static Session readable(OpenSession one) {
            return one.session().orElseThrow(() -> new IllegalStateException("a session's row cannot be read"));
        }

        private void skip() {
            failed++;
            pass.countTemporaryFailure();
        }

        private void failed(RuntimeException failure) {
            cause = cause.or(() -> Optional.of(failure));
        }

        private Optional<ReleaseFailure> failure() {
            return failed == 0 && cause.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ReleaseFailure(release, failed, cause));
        }
    }
}
