package dev.onward.web.resource;

import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage;
import dev.onward.session.SessionService;
import dev.onward.transition.TextRules;
import dev.onward.web.http.Response;
import dev.onward.web.request.CursorCodec;
import dev.onward.web.request.QueryParameters;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.SessionListResponse;
import java.util.Optional;

/** The list of sessions. */
public final class SessionsResource {
    private final SessionService sessions;
    private final CursorCodec cursors;

    public SessionsResource(SessionService sessions, CursorCodec cursors) {
        this.sessions = sessions;
        this.cursors = cursors;
    }

    public Response list(RoutedRequest request) {
        QueryParameters query = request.query();
        SessionFilter filter = filter(query);
        int limit = query.number("limit", 1, 200, 50);
        SessionPage page = query.text("cursor")
                .map(cursors::position)
                .map(position -> sessions.listAfter(position, filter, limit))
                .orElseGet(() -> sessions.list(filter, limit));
        return Response.json(SessionListResponse.of(page, cursors::of));
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
