package dev.onward.transition;

import dev.onward.kblock.KBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that one transition writes of one session.
 *
 * @param before the session that the decision rested on; empty where the change begins a session
 * @param after the session as it shall stand
 * @param events at least one; the first one's id tells whether this very change was made
 * @param kblock the artefact that the change makes
 * @param completion what the profile of the session's user gains
 * @param takenOver the K-Blocks that come over from another session
 */
public record SessionChange(
        Optional<Session> before,
        Session after,
        List<SessionEvent> events,
        Optional<KBlock> kblock,
        Optional<FlowCompletion> completion,
        List<String> takenOver) {

    public SessionChange {
        events = List.copyOf(events);
        takenOver = List.copyOf(takenOver);
    }

    /** A change that leaves events and no more. */
    static SessionChange of(Session before, Session after, List<SessionEvent> events) {
        return new SessionChange(Optional.of(before), after, events, Optional.empty(), Optional.empty(), List.of());
    }

    SessionChange making(Optional<KBlock> made) {
        return new SessionChange(before, after, events, made, completion, takenOver);
    }

    SessionChange completing(Optional<FlowCompletion> reached) {
        return new SessionChange(before, after, events, kblock, reached, takenOver);
    }

    SessionChange takingOver(List<String> kblockIds) {
        return new SessionChange(before, after, events, kblock, completion, kblockIds);
    }

    /** This change and the one that follows it, as one. */
    public SessionChange followedBy(SessionChange next) {
        List<SessionEvent> all = new ArrayList<>(events);
        all.addAll(next.events);
        return new SessionChange(
                before,
                next.after,
                all,
                next.kblock.or(() -> kblock),
                next.completion.or(() -> completion),
                next.takenOver);
    }
}
