package dev.onward.web.resource;

import dev.onward.flow.Flow;
import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Declaration;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.DeclarationResponse;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Optional;

/** The first declaration of a session. */
public final class DeclarationResource {
    private final SessionService sessions;
    private final FlowParameter flows;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final IdempotentRequests idempotent;
    private final AccessPolicy access;

    public DeclarationResource(
            SessionService sessions,
            SessionReferenceReader names,
            SessionCookies cookies,
            IdempotentRequests idempotent,
            AccessPolicy access) {
        this.sessions = sessions;
        this.flows = new FlowParameter(sessions);
        this.names = names;
        this.cookies = cookies;
        this.idempotent = idempotent;
        this.access = access;
    }

    public Response declare(RoutedRequest request) {
        Declaration declaration = new Declaration(request.body().requiredText("declaration"));
        Optional<String> session = flows.session(request, names);
        return session.isPresent()
                ? declareIn(session.get(), declaration, request)
                : declareInNewSession(declaration, request);
    }

    private Response declareIn(String session, Declaration declaration, RoutedRequest request) {
        return idempotent.once(
                request,
                session,
                (WriteConditions<DeclarationResult> conditions) -> sessions.declare(session, declaration, conditions),
                declared -> DeclarationResponse.answer(declared).with(cookies.renewed(request, declared.onboarding())));
    }

    private Response declareInNewSession(Declaration declaration, RoutedRequest request) {
        access.requireRightToNameNoSession();
        IfMatch.reject(request);
        Flow flow = sessions.flow(flows.id(request.body().text("flow")));
        return idempotent.once(
                request,
                "",
                (WriteConditions<DeclarationResult> conditions) -> sessions.declare(flow, declaration, conditions),
                declared -> DeclarationResponse.answer(declared).with(cookies.naming(declared.onboarding())));
    }
}
