package dev.onward.web.resource;

import dev.onward.session.SessionService;
import dev.onward.transition.TextRules;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RoutedRequest;

/** User profiles. */
public final class ProfilesResource {
    private static final String USER = "user_id";

    private final SessionService sessions;

    public ProfilesResource(SessionService sessions) {
        this.sessions = sessions;
    }

    /** The profile of the user in the path. */
    public Response read(RoutedRequest request) {
        return profile(TextRules.requireId("id", request.parameter("id")));
    }

    /** The profile of the user in the query, where proxies pass every id unchanged. */
    public Response find(RoutedRequest request) {
        String user = request.query().text(USER).orElseThrow(() -> ApiException.invalidField(USER, "is missing"));
        return profile(TextRules.requireId(USER, user));
    }

    private Response profile(String user) {
        return Response.json(sessions.profile(user));
    }
}
