package dev.onward.session;

import java.time.Instant;

/** Where a page of the list ends: behind this session, newest first. */
public record Position(Instant createdAt, String id) {
    static Position of(Session session) {
        return new Position(session.createdAt(), session.id());
    }
}
