package dev.onward.server.http;

import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage;
import dev.onward.session.Sessions;
import dev.onward.session.Text;
import java.util.Optional;

/** The list of sessions. */
final class SessionsResource {
    private final Sessions sessions;
    private final Cursors cursors;

    SessionsResource(Sessions sessions, Cursors cursors) {
        this.sessions = sessions;
        this.cursors = cursors;
    }

    Answer list(Call call) {
        Query query = call.query();
        SessionFilter filter = filter(query);
        int limit = query.number("limit", 1, 200, 50);
        SessionPage page = query.text("cursor")
                .map(cursors::position)
                .map(position -> sessions.listAfter(position, filter, limit))
                .orElseGet(() -> sessions.list(filter, limit));
        return Answer.json(SessionListView.of(page, cursors));
    }

    private static SessionFilter filter(Query query) {
        return new SessionFilter(
                query.flag("completed"),
                id(query, "user_id"),
                id(query, "flow"),
                id(query, "step"),
                query.time("created_before"));
    }

    private static Optional<String> id(Query query, String name) {
        return query.text(name).map(value -> Text.requireId(name, value));
    }
}
