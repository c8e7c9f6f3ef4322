package dev.onward.web.resource;

import dev.onward.session.SessionService;
import dev.onward.transition.Onboarding;
import dev.onward.web.http.Response;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.CompletionResponse;
import java.util.function.Function;

/** Completing a session, as a client of the original software does. */
public final class CompletionResource {
    private final SessionService sessions;
    private final SessionUpsert upsert;

    public CompletionResource(SessionService sessions, SessionUpsert upsert) {
        this.sessions = sessions;
        this.upsert = upsert;
    }

    public Response complete(RoutedRequest request) {
        return upsert.<Onboarding>execute(
                request, sessions::complete, sessions::complete, Function.identity(), CompletionResponse::answer);
    }
}
