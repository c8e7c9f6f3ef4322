package dev.onward.web.resource;

import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.transition.Declaration;
import dev.onward.web.http.Response;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.DeclarationResponse;

/** The first declaration of a session. */
public final class DeclarationResource {
    private final SessionService sessions;
    private final SessionUpsert upsert;

    public DeclarationResource(SessionService sessions, SessionUpsert upsert) {
        this.sessions = sessions;
        this.upsert = upsert;
    }

    public Response declare(RoutedRequest request) {
        Declaration declaration = new Declaration(request.body().requiredText("declaration"));
        return upsert.<DeclarationResult>execute(
                request,
                (session, conditions) -> sessions.declare(session, declaration, conditions),
                (flow, conditions) -> sessions.declare(flow, declaration, conditions),
                DeclarationResult::onboarding,
                DeclarationResponse::answer);
    }
}
