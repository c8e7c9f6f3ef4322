package dev.onward.publishing;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import dev.onward.session.VersionChange;
import java.time.Duration;
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
 * Brings the sessions that are under way to the versions that were released, as those say. Any number of nodes may do
 * it at once, and be killed at any moment: each session is moved in a transaction of its own, and whoever comes next
 * goes through those that are left.
 *
 * <p>For a second after a release other nodes may begin sessions on the version before. So it is finished by a pass over
 * the sessions that began a minute after it. Not thread-safe.
 */
public final class Rollout {
    private static final int BATCH = 200;

    /** How many sessions of a release one run looks at, so that nobody waits long for its end. */
    private static final int MOST = 25 * BATCH;

    private static final Duration STRAGGLERS = Duration.ofMinutes(1);

    private final ReleaseStore store;
    private final FlowCatalog flows;
    private final VersionChange change;
    private final InstantSource clock;
    private final Map<String, Pass> passes = new HashMap<>();

    public Rollout(ReleaseStore store, FlowCatalog flows, VersionChange change, InstantSource clock) {
        this.store = store;
        this.flows = flows;
        this.change = change;
        this.clock = clock;
    }

    /**
     * What one run did.
     *
     * @param moved how many sessions it moved
     * @param finished the releases that it ended, as they stand now
     */
    public record Report(int moved, List<Release> finished) {}

    /** One way through the sessions of a release, over several runs. */
    private static final class Pass {
        private final Instant began;
        private Optional<UnderWay.Place> place = Optional.empty();
        private int moved;
        private long leftBehind;
        private boolean through;

        private Pass(Instant began) {
            this.began = began;
        }
    }

    /** One run; throws what the stores throw, and keeps what was done until then. */
    public Report runOnce() {
        List<Release> open = store.open();
        passes.keySet().retainAll(open.stream().map(Release::id).collect(Collectors.toSet()));
        int moved = 0;
        List<Release> finished = new ArrayList<>();
        for (Release release : open) {
            Pass pass = pass(release);
            moved += target(release).map(to -> goOn(release, to, pass)).orElse(0);
            if (pass.through && isLate(pass.began, release)) {
                store.finish(release.id(), now(), pass.leftBehind);
                passes.remove(release.id());
                store.newest(release.flow()).ifPresent(finished::add);
            }
        }
        return new Report(moved, finished);
    }

    private Pass pass(Release release) {
        Instant now = now();
        Pass pass = passes.computeIfAbsent(release.id(), id -> new Pass(now));
        if (pass.through && isLate(now, release)) {
            pass = new Pass(now);
            passes.put(release.id(), pass);
        }
        return pass;
    }

    /** Whether whatever began on the version before is in the database by then. */
    private static boolean isLate(Instant time, Release release) {
        return !time.isBefore(release.releasedAt().plus(STRAGGLERS));
    }

    /** Empty where this node cannot read it: another one will go on. */
    private Optional<Flow> target(Release release) {
        try {
            return flows.find(release.flow(), release.version());
        } catch (FlowUnusableException e) {
            return Optional.empty();
        }
    }

    private int goOn(Release release, Flow to, Pass pass) {
        int before = pass.moved;
        for (int looked = 0; looked < MOST && !pass.through && store.isOpen(release.id()); looked += BATCH) {
            List<UnderWay> batch = pass.place
                    .map(place -> store.underWayAfter(place, release.flow(), release.version(), BATCH))
                    .orElseGet(() -> store.underWay(release.flow(), release.version(), BATCH));
            batch.forEach(one -> bring(release, to, pass, one));
            pass.through = batch.size() < BATCH;
        }
        return pass.moved - before;
    }

    private void bring(Release release, Flow to, Pass pass, UnderWay one) {
        switch (change.bring(one.session(), to, release.id())) {
            case MOVED -> pass.moved++;
            case LEFT_BEHIND -> pass.leftBehind++;
            case PASSED_OVER -> {}
        }
        pass.place = Optional.of(one.place());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
