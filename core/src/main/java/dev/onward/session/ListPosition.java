package dev.onward.session;

import dev.onward.transition.Session;
import java.time.Instant;

/** The end of a page of the list: after this session, newest first. */
public record ListPosition(Instant createdAt, String id) {
    static ListPosition of(Session session) {
        return new ListPosition(session.createdAt(), session.id());
    }
}
