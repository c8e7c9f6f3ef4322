package dev.onward.server.http;

import dev.onward.session.Sessions;
import dev.onward.session.Text;

/** What is known of users. */
final class ProfilesResource {
    private final Sessions sessions;

    ProfilesResource(Sessions sessions) {
        this.sessions = sessions;
    }

    Answer read(Call call) {
        return Answer.json(ProfileView.of(sessions.profile(Text.requireId("id", call.parameter("id")))));
    }
}
