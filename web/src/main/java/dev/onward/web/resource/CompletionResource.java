package dev.onward.web.resource;

import dev.onward.flow.Flow;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Onboarding;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.CompletionResponse;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Optional;

/** Completing a session, as a client of the original software does. */
public final class CompletionResource {
    private final SessionService sessions;
    private final FlowParameter flows;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final IdempotentRequests idempotent;
    private final AccessPolicy access;

    public CompletionResource(
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

    public Response complete(RoutedRequest request) {
        Optional<String> session = flows.session(request, names);
        return session.isPresent() ? completeSession(session.get(), request) : completeNewSession(request);
    }

    private Response completeSession(String session, RoutedRequest request) {
        return idempotent.once(
                request,
                session,
                (WriteConditions<Onboarding> conditions) -> sessions.complete(session, conditions),
                completed -> CompletionResponse.answer(completed).with(cookies.renewed(request, completed)));
    }

    private Response completeNewSession(RoutedRequest request) {
        access.requireRightToNameNoSession();
        IfMatch.reject(request);
        Flow flow = sessions.flow(flows.id(request.body().text("flow")));
        return idempotent.once(
                request,
                "",
                (WriteConditions<Onboarding> conditions) -> sessions.complete(flow, conditions),
                completed -> CompletionResponse.answer(completed).with(cookies.naming(completed)));
    }
}
