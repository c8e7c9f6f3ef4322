package dev.onward.web.resource;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.session.DeclarationResult;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.TextRules;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.CompletionResponse;
import dev.onward.web.response.DeclarationResponse;
import dev.onward.web.response.StartResponse;
import dev.onward.web.response.StatusResponse;
import dev.onward.web.session.ClaimSecretGuard;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReference;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Optional;

/** What a product calls while a person is being onboarded. */
public final class OnboardingResource {
    private final SessionService sessions;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final ClaimSecretGuard secrets;
    private final IdempotentRequests retries;
    private final AccessPolicy access;

    public OnboardingResource(
            SessionService sessions,
            SessionReferenceReader names,
            SessionCookies cookies,
            ClaimSecretGuard secrets,
            IdempotentRequests retries,
            AccessPolicy access) {
        this.sessions = sessions;
        this.names = names;
        this.cookies = cookies;
        this.secrets = secrets;
        this.retries = retries;
        this.access = access;
    }

    public Response start(RoutedRequest request) {
        IfMatch.reject(request);
        StartRequest mode = mode(request);
        return retries.once(
                request,
                mode.userId().map(user -> "user " + user).orElse(""),
                (WriteConditions<StartResult> conditions) -> sessions.start(mode, conditions),
                started -> Response.json(StartResponse.of(started))
                        .atRevision(started.onboarding().session().revision())
                        .with(cookies.naming(started.onboarding())));
    }

    private StartRequest mode(RoutedRequest request) {
        RequestBody body = request.body();
        StartRequest start = StartRequest.of(flow(body.text("flow")));
        Optional<String> user = body.text("user_id");
        if (user.isPresent()) {
            start = start.by(user.get());
            access.requireRightToNameUser(request);
        }
        return body.flag("resume") ? start.resuming() : start;
    }

    public Response status(RoutedRequest request) {
        Optional<String> user = request.query().text("user_id");
        return user.isPresent() ? statusOf(request, user.get()) : status(request, named(request));
    }

    private Response statusOf(RoutedRequest request, String user) {
        String userId = TextRules.requireId("user_id", user);
        if (named(request).said().isPresent()) {
            throw ApiException.invalidField("user_id", "and session_id exclude each other: send one of them");
        }
        access.requireRightToNameUser(request);
        FlowFilter choice = request.query()
                .text("flow")
                .map(flow -> (FlowFilter) new FlowFilter.OneFlow(sessions.requireFlow(flow)))
                .orElseGet(FlowFilter.AnyFlow::new);
        return sessions.findForUser(userId, choice)
                .map(StatusResponse::answer)
                .orElseGet(() -> Response.json(StatusResponse.bare(false)));
    }

    private Response status(RoutedRequest request, SessionReference name) {
        Optional<String> session = name.one();
        if (session.isEmpty()) {
            access.requireRightToNameNoSession();
            return Response.json(StatusResponse.bare(sessions.anyCompleted()));
        }
        Onboarding current = sessions.get(session.get(), secrets.check(request));
        return StatusResponse.answer(current).with(cookies.renewedByStatus(request, current));
    }

    private SessionReference named(RoutedRequest request) {
        return names.in(request, RequestBody.none(), flow(request.query().text("flow")));
    }

    public Response declare(RoutedRequest request) {
        RequestBody body = request.body();
        Declaration declaration = new Declaration(body.requiredText("declaration"));
        Optional<String> session = named(request, body);
        if (session.isPresent()) {
            return retries.once(
                    request,
                    session.get(),
                    (WriteConditions<DeclarationResult> conditions) ->
                            sessions.declare(session.get(), declaration, conditions),
                    declared ->
                            DeclarationResponse.answer(declared).with(cookies.renewed(request, declared.onboarding())));
        }
        access.requireRightToNameNoSession();
        IfMatch.reject(request);
        Flow flow = sessions.flow(flow(body.text("flow")));
        return retries.once(
                request,
                "",
                (WriteConditions<DeclarationResult> conditions) -> sessions.declare(flow, declaration, conditions),
                declared -> DeclarationResponse.answer(declared).with(cookies.naming(declared.onboarding())));
    }

    public Response complete(RoutedRequest request) {
        RequestBody body = request.body();
        Optional<String> session = named(request, body);
        if (session.isPresent()) {
            return retries.once(
                    request,
                    session.get(),
                    (WriteConditions<Onboarding> conditions) -> sessions.complete(session.get(), conditions),
                    completed -> CompletionResponse.answer(completed).with(cookies.renewed(request, completed)));
        }
        access.requireRightToNameNoSession();
        IfMatch.reject(request);
        Flow flow = sessions.flow(flow(body.text("flow")));
        return retries.once(
                request,
                "",
                (WriteConditions<Onboarding> conditions) -> sessions.complete(flow, conditions),
                completed -> CompletionResponse.answer(completed).with(cookies.naming(completed)));
    }

    private Optional<String> named(RoutedRequest request, RequestBody body) {
        Optional<String> flow = body.text("flow");
        return (flow.isPresent() ? names.in(request, body, flow(flow)) : names.in(request, body)).one();
    }

    /** Its id: the flow itself is looked up where a session begins. */
    private String flow(Optional<String> name) {
        return name.map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }
}
