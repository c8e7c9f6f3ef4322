package dev.onward.session;

import dev.onward.transition.Session;
import java.time.Instant;

/** Where a page of the list ends: behind this session, newest first. */
public record ListPosition(Instant createdAt, String id) {
    static ListPosition of(Session session) {
        return new ListPosition(session.createdAt(), session.id());
    }
}
