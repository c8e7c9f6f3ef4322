package dev.onward.publishing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One pass through the sessions of a release, over several runs. Not thread-safe. */
final class RolloutPass {
    /** After this time, every session that was started on the previous version is in the database. */
    private static final Duration LATE_START_WINDOW = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(15);

    private final boolean late;
    private final Duration pause;
    private Optional<OpenSession.OpenSessionPosition> position = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private long leftBehind;
    private long failedTemporarily;

    private RolloutPass(Release release, Instant now, Duration pause) {
        this.late = !now.isBefore(release.releasedAt().plus(LATE_START_WINDOW));
        this.pause = pause;
    }

    static RolloutPass first(Release release, Instant now) {
        return new RolloutPass(release, now, FIRST_PAUSE);
    }

    /** This pass, or the next one if it is due. Pauses grow with each pass that leaves sessions over. */
    RolloutPass at(Release release, Instant now) {
        if (next.filter(due -> !now.isBefore(due)).isEmpty()) {
            return this;
        }
        Duration doubled = pause.multipliedBy(2);
        Duration longer = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
        return new RolloutPass(release, now, late ? longer : pause);
    }

    Optional<OpenSession.OpenSessionPosition> position() {
        return position;
    }

    void reached(OpenSession one) {
        position = Optional.of(one.position());
    }

    void countLeftBehind() {
        leftBehind++;
    }

    /** Counts a session that could not be moved now, but perhaps later. */
    void countTemporaryFailure() {
        failedTemporarily++;
    }

    boolean isComplete() {
        return next.isPresent();
    }

    void complete(Release release, Instant now) {
        next = Optional.of(late ? now.plus(pause) : release.releasedAt().plus(LATE_START_WINDOW));
    }

    /** Whether another pass could move no further session. */
    boolean isLast() {
        return isComplete() && late && failedTemporarily == 0;
    }

    long notMoved() {
        return leftBehind + failedTemporarily;
    }
}
