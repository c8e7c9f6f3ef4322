package dev.onward.session;

import dev.onward.model.SessionView.SessionState;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;

/**
 * Records that a person still works on an open session, so that cleanup keeps it. It changes neither the revision nor
 * {@code updated_at}, and writes at most every five minutes.
 */
record ActivityRecorder(SessionStore store) {
    static final Duration NOTED_EVERY = Duration.ofMinutes(5);

    /** The person returned to a session without changing it. */
    void returned(Session session, Instant now) {
        Instant lastSeen = session.lastActiveAt().orElse(session.createdAt());
        Instant due = lastSeen.plus(NOTED_EVERY);
        if (session.state() == SessionState.OPEN && !now.isBefore(due)) {
            store.recordActivity(session.id(), now, now.minus(NOTED_EVERY));
        }
    }
}
