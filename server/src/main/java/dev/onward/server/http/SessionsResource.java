package dev.onward.server.http;

import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage;
import dev.onward.session.SessionService;
import dev.onward.transition.TextRules;
import java.util.Optional;

/** The list of sessions. */
final class SessionsResource {
    private final SessionService sessions;
    private final CursorCodec cursors;

    SessionsResource(SessionService sessions, CursorCodec cursors) {
        this.sessions = sessions;
        this.cursors = cursors;
    }

    Response list(Request call) {
        QueryParameters query = call.query();
        SessionFilter filter = filter(query);
        int limit = query.number("limit", 1, 200, 50);
        SessionPage page = query.text("cursor")
                .map(cursors::position)
                .map(position -> sessions.listAfter(position, filter, limit))
                .orElseGet(() -> sessions.list(filter, limit));
        return Response.json(SessionListResponse.of(page, cursors));
    }

    private static SessionFilter filter(QueryParameters query) {
        return new SessionFilter(
                query.flag("completed"),
                id(query, "user_id"),
                id(query, "flow"),
                id(query, "step"),
                query.time("created_before"));
    }

    private static Optional<String> id(QueryParameters query, String name) {
        return query.text(name).map(value -> TextRules.requireId(name, value));
    }
}
