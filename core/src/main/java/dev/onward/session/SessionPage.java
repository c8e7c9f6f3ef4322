package dev.onward.session;

import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of the list, newest first.
 *
 * @param next the beginning of the next page; empty on the last page
 */
public record SessionPage(List<Session> sessions, Optional<ListPosition> next) {
    public SessionPage {
        sessions = List.copyOf(sessions);
    }

    /** The end of a page of the list: after this session, newest first. */
    public record ListPosition(Instant createdAt, String id) {
        static ListPosition of(Session session) {
            return new ListPosition(session.createdAt(), session.id());
        }
    }
}
