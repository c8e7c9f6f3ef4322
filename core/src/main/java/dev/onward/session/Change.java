package dev.onward.session;

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
public record Change(
        Optional<Session> before,
        Session after,
        List<Event> events,
        Optional<KBlock> kblock,
        Optional<Completion> completion,
        List<String> takenOver) {

    public Change {
        events = List.copyOf(events);
        takenOver = List.copyOf(takenOver);
    }

    /** A change that leaves events and no more. */
    static Change of(Session before, Session after, List<Event> events) {
        return new Change(Optional.of(before), after, events, Optional.empty(), Optional.empty(), List.of());
    }

    Change making(Optional<KBlock> made) {
        return new Change(before, after, events, made, completion, takenOver);
    }

    Change completing(Optional<Completion> reached) {
        return new Change(before, after, events, kblock, reached, takenOver);
    }

    Change takingOver(List<String> kblockIds) {
        return new Change(before, after, events, kblock, completion, kblockIds);
    }

    /** This change and the one that follows it, as one. */
    Change followedBy(Change next) {
        List<Event> all = new ArrayList<>(events);
        all.addAll(next.events);
        return new Change(
                before,
                next.after,
                all,
                next.kblock.or(() -> kblock),
                next.completion.or(() -> completion),
                next.takenOver);
    }
}
