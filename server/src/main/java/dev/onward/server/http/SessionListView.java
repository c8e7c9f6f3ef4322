package dev.onward.server.http;

import dev.onward.session.Session;
import dev.onward.session.SessionPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A page of the list, for operators. */
record SessionListView(List<Item> sessions, Optional<String> nextCursor) {

    record Item(
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

        static Item of(Session session) {
            return new Item(
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

    static SessionListView of(SessionPage page, Cursors cursors) {
        return new SessionListView(
                page.sessions().stream().map(Item::of).toList(), page.next().map(cursors::of));
    }
}
