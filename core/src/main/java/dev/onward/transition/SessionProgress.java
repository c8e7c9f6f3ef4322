package dev.onward.transition;

import dev.onward.model.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a session is.
 *
 * @param currentStep the milestone reached last: {@code started}, a step's id, {@code completed}
 * @param completed decides whether it is completed: other software that writes the same table may leave a time without
 *     the flag, or the flag without a time
 * @param dismissedAt since when the person wants to hear no more of it
 * @param supersededBy the session that stands in its place
 */
public record SessionProgress(
        String currentStep,
        boolean completed,
        Optional<Instant> completedAt,
        Optional<Instant> dismissedAt,
        Optional<String> supersededBy) {

    /** Nothing is done yet. */
    static final SessionProgress BEGUN =
            new SessionProgress(Session.STARTED, false, Optional.empty(), Optional.empty(), Optional.empty());

    /** The milestone {@code completed} is never left. */
    public SessionProgress reached(String milestone) {
        String kept = currentStep.equals(Session.COMPLETED) ? Session.COMPLETED : milestone;
        return new SessionProgress(kept, completed, completedAt, dismissedAt, supersededBy);
    }

    SessionProgress completedAt(Instant time) {
        return new SessionProgress(currentStep, true, Optional.of(time), dismissedAt, supersededBy);
    }

    SessionProgress dismissedAt(Optional<Instant> time) {
        return new SessionProgress(currentStep, completed, completedAt, time, supersededBy);
    }

    /** That the person said not now is said of a session that can be reopened: cleanup keeps those. */
    SessionProgress supersededBy(String sessionId) {
        return new SessionProgress(currentStep, completed, completedAt, Optional.empty(), Optional.of(sessionId));
    }

    /** Where it stands; every rule about what may happen next starts here. */
    SessionState state() {
        if (supersededBy.isPresent()) {
            return SessionState.SUPERSEDED;
        }
        if (completed) {
            boolean closed = currentStep.equals(Session.COMPLETED) && completedAt.isPresent();
            return closed ? SessionState.COMPLETED : SessionState.FINISHED;
        }
        return dismissedAt.isPresent() ? SessionState.DISMISSED : SessionState.OPEN;
    }
}
