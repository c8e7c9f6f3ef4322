package dev.onward.web.resource;

import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.session.WriteConditions;
import dev.onward.transition.TextRules;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.StartResponse;
import dev.onward.web.session.ClaimSecretGuard;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import java.util.Optional;

/** Starting or resuming a session. */
public final class StartResource {
    private final SessionService sessions;
    private final FlowParameter flows;
    private final SessionCookies cookies;
    private final IdempotentRequests idempotent;
    private final AccessPolicy access;
    private final ClaimSecretGuard secrets;

    public StartResource(
            SessionService sessions,
            SessionCookies cookies,
            IdempotentRequests idempotent,
            AccessPolicy access,
            ClaimSecretGuard secrets) {
        this.sessions = sessions;
        this.flows = new FlowParameter(sessions);
        this.cookies = cookies;
        this.idempotent = idempotent;
        this.access = access;
        this.secrets = secrets;
    }

    public Response start(RoutedRequest request) {
        IfMatch.reject(request);
        StartRequest start = startRequest(request);
        String subject = start.userId().map(user -> "user " + user).orElse("");
        return idempotent.once(
                request,
                subject,
                (WriteConditions<StartResult> conditions) -> closed(request, sessions.start(start, conditions)),
                this::started);
    }

    private StartResult closed(RoutedRequest request, StartResult started) {
        return started.with(secrets.closedToOthers(request, started.onboarding()));
    }

    private StartRequest startRequest(RoutedRequest request) {
        RequestBody body = request.body();
        StartRequest start = StartRequest.of(flows.id(body.text("flow")));
        Optional<String> named = body.text("user_id").map(user -> TextRules.requireId("user_id", user));
        Optional<String> user = access.user(request, named);
        if (user.isPresent()) {
            start = start.by(user.get()).with(secrets.forUser(request));
        }
        return body.flag("resume") ? start.resuming() : start;
    }

    private Response started(StartResult started) {
        return Response.json(StartResponse.of(started))
                .atRevision(started.onboarding().session().revision())
                .with(cookies.naming(started.onboarding()));
    }
}
