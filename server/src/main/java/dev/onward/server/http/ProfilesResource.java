package dev.onward.server.http;

import dev.onward.session.OnboardingException.InvalidField;
import dev.onward.session.Sessions;
import dev.onward.session.Text;

/** What is known of users. */
final class ProfilesResource {
    private static final String USER = "user_id";

    private final Sessions sessions;

    ProfilesResource(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Of the user in the path. */
    Answer read(Call call) {
        return profile(Text.requireId("id", call.parameter("id")));
    }

    /** Of the user in the query, which takes every id through every proxy. */
    Answer find(Call call) {
        String user = call.query().text(USER).orElseThrow(() -> new InvalidField(USER, "is missing"));
        return profile(Text.requireId(USER, user));
    }

    private Answer profile(String user) {
        return Answer.json(ProfileView.of(sessions.profile(user)));
    }
}
