package dev.onward.server.http;

import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.session.SessionService;
import dev.onward.transition.TextRules;

/** What is known of users. */
final class ProfilesResource {
    private static final String USER = "user_id";

    private final SessionService sessions;

    ProfilesResource(SessionService sessions) {
        this.sessions = sessions;
    }

    /** Of the user in the path. */
    Response read(Request call) {
        return profile(TextRules.requireId("id", call.parameter("id")));
    }

    /** Of the user in the query, which takes every id through every proxy. */
    Response find(Request call) {
        String user = call.query().text(USER).orElseThrow(() -> new InvalidField(USER, "is missing"));
        return profile(TextRules.requireId(USER, user));
    }

    private Response profile(String user) {
        return Response.json(ProfileResponse.of(sessions.profile(user)));
    }
}
