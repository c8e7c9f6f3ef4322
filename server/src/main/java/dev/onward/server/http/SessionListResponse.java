package dev.onward.server.http;

import dev.onward.session.SessionPage;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A page of the list, for operators. */
record SessionListResponse(List<SessionItem> sessions, Optional<String> nextCursor) {

    record SessionItem(
            String sessionId,
            Optional<String> userId,
            String flow,
            int flowVersion,
            String state,
            String currentStep,
            boolean completed,
            Optional<String> firstKblockId,
            Optional<String> firstDeclaration,
            Instant startedAt,
            Optional<Instant> completedAt,
            Instant updatedAt) {

        static SessionItem of(Session session) {
            return new SessionItem(
                    session.id(),
                    session.userId(),
                    session.flow(),
                    session.flowVersion(),
                    session.state().code(),
                    session.currentStep(),
                    session.completed(),
                    session.firstKBlockId(),
                    session.firstDeclaration(),
                    session.createdAt(),
                    session.completedAt(),
                    session.updatedAt());
        }
    }

    static SessionListResponse of(SessionPage page, CursorCodec cursors) {
        return new SessionListResponse(
                page.sessions().stream().map(SessionItem::of).toList(),
                page.next().map(cursors::of));
    }
}
