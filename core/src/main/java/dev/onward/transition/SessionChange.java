package dev.onward.transition;

import dev.onward.kblock.KBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a transition writes about one session.
 *
 * @param before the session that the decision is based on; empty if the change creates a session
 * @param after the session afterwards
 * @param events at least one; the id of the first one identifies this change
 * @param kblock the artefact that the change creates
 * @param completion the completion for the user's profile
 * @param movedKBlocks the K-Blocks that move here from another session
 */
public record SessionChange(
        Optional<Session> before,
        Session after,
        List<SessionEvent> events,
        Optional<KBlock> kblock,
        Optional<FlowCompletion> completion,
        List<String> movedKBlocks) {

    public SessionChange {
        events = List.copyOf(events);
        movedKBlocks = List.copyOf(movedKBlocks);
    }

    /** A change with events only. */
    static SessionChange of(Session before, Session after, List<SessionEvent> events) {
        return new SessionChange(Optional.of(before), after, events, Optional.empty(), Optional.empty(), List.of());
    }

    SessionChange making(Optional<KBlock> made) {
        return new SessionChange(before, after, events, made, completion, movedKBlocks);
    }

    SessionChange completing(Optional<FlowCompletion> reached) {
        return new SessionChange(before, after, events, kblock, reached, movedKBlocks);
    }

    SessionChange moving(List<String> kblockIds) {
        return new SessionChange(before, after, events, kblock, completion, kblockIds);
    }

    /** Combines this change with the one that follows it. */
    public SessionChange followedBy(SessionChange next) {
        List<SessionEvent> all = new ArrayList<>(events);
        all.addAll(next.events);
        return new SessionChange(
                before,
                next.after,
                all,
                next.kblock.or(() -> kblock),
                next.completion.or(() -> completion),
                next.movedKBlocks);
    }
}
