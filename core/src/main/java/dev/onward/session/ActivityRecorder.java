package dev.onward.session;

import dev.onward.model.SessionState;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;

/**
 * Notes that somebody is still on their way with an open session, so that cleanup leaves it alone. Moves neither
 * revision nor {@code updated_at}, and writes at most every five minutes.
 */
record ActivityRecorder(SessionStore store) {
    static final Duration NOTED_EVERY = Duration.ofMinutes(5);

    /** The person came back to a session and changed nothing. */
    void returned(Session session, Instant now) {
        Instant lastSeen = session.lastActiveAt().orElse(session.createdAt());
        Instant due = lastSeen.plus(NOTED_EVERY);
        if (session.state() == SessionState.OPEN && !now.isBefore(due)) {
            store.noteActivity(session.id(), now, now.minus(NOTED_EVERY));
        }
    }
}
