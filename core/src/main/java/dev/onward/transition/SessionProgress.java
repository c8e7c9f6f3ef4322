package dev.onward.transition;

import dev.onward.model.SessionView.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress of a session.
 *
 * @param currentStep the latest milestone: {@code started}, a step's id, or {@code completed}
 * @param completed whether it is completed; other software may have written a time without the flag, or the flag
 * without a time
 * @param dismissedAt when the person dismissed it
 * @param supersededBy the session that replaces it
 */
public record SessionProgress(
        String currentStep,
        boolean completed,
        Optional<Instant> completedAt,
        Optional<Instant> dismissedAt,
        Optional<String> supersededBy) {

    /** The progress of a new session. */
    static final SessionProgress BEGUN =
            new SessionProgress(Session.STARTED, false, Optional.empty(), Optional.empty(), Optional.empty());

    /** The milestone {@code completed} is final. */
    public SessionProgress reached(String milestone) {
        String step = currentStep.equals(Session.COMPLETED) ? Session.COMPLETED : milestone;
        return new SessionProgress(step, completed, completedAt, dismissedAt, supersededBy);
    }

    SessionProgress completedAt(Instant time) {
        return new SessionProgress(currentStep, true, Optional.of(time), dismissedAt, supersededBy);
    }

    SessionProgress dismissedAt(Optional<Instant> time) {
        return new SessionProgress(currentStep, completed, completedAt, time, supersededBy);
    }

    /** Clears the dismissal, because only sessions that can be reopened are dismissed, and cleanup keeps those. */
    SessionProgress supersededBy(String sessionId) {
        return new SessionProgress(currentStep, completed, completedAt, Optional.empty(), Optional.of(sessionId));
    }

    /** The state of the session, on which all rules are based. */
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
