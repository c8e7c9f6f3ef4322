package dev.onward.web.response;

import dev.onward.session.SessionPage;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page of the session list, for operators. */
public record SessionListResponse(List<SessionItem> sessions, Optional<String> nextCursor) {

    public record SessionItem(
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

    public static SessionListResponse of(SessionPage page, Function<ListPosition, String> cursor) {
        return new SessionListResponse(
                page.sessions().stream().map(SessionItem::of).toList(),
                page.next().map(cursor));
    }
}
