package dev.onward.server.http;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.session.DeclarationResult;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.TextRules;
import java.util.Optional;

/** What a product calls while a person is being onboarded. */
final class OnboardingResource {
    private final SessionService sessions;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final ClaimSecretGuard secrets;
    private final IdempotentRequests retries;
    private final AccessPolicy access;

    OnboardingResource(
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

    Response start(Request call) {
        IfMatch.refuse(call);
        StartRequest mode = mode(call);
        return retries.once(
                call,
                mode.userId().map(user -> "user " + user).orElse(""),
                (WriteConditions<StartResult> conditions) -> sessions.start(mode, conditions),
                started -> Response.json(StartResponse.of(started))
                        .at(started.onboarding().session())
                        .with(cookies.naming(started.onboarding())));
    }

    private StartRequest mode(Request call) {
        RequestBody body = call.body();
        StartRequest start = StartRequest.of(flow(body.text("flow")));
        Optional<String> user = body.text("user_id");
        if (user.isPresent()) {
            start = start.by(user.get());
            access.requireRightToNameUser(call);
        }
        return body.flag("resume") ? start.resuming() : start;
    }

    Response status(Request call) {
        Optional<String> user = call.query().text("user_id");
        return user.isPresent() ? statusOf(call, user.get()) : status(call, named(call));
    }

    private Response statusOf(Request call, String user) {
        String userId = TextRules.requireId("user_id", user);
        if (named(call).said().isPresent()) {
            throw new InvalidField("user_id", "cannot be combined with session_id: send one of them");
        }
        access.requireRightToNameUser(call);
        FlowFilter choice = call.query()
                .text("flow")
                .map(flow -> (FlowFilter) new FlowFilter.OneFlow(sessions.requireFlow(flow)))
                .orElseGet(FlowFilter.AnyFlow::new);
        return sessions.findForUser(userId, choice)
                .map(StatusResponse::answer)
                .orElseGet(() -> Response.json(StatusResponse.bare(false)));
    }

    private Response status(Request call, SessionReference name) {
        Optional<String> session = name.one();
        if (session.isEmpty()) {
            access.requireRightToNameNoSession();
            return Response.json(StatusResponse.bare(sessions.anyCompleted()));
        }
        Onboarding current = sessions.get(session.get(), secrets.check(call));
        return StatusResponse.answer(current).with(cookies.renewedByStatus(call, current));
    }

    private SessionReference named(Request call) {
        return names.in(call, RequestBody.none(), flow(call.query().text("flow")));
    }

    Response declare(Request call) {
        RequestBody body = call.body();
        Declaration declaration = new Declaration(body.requiredText("declaration"));
        Optional<String> session = named(call, body);
        if (session.isPresent()) {
            return retries.once(
                    call,
                    session.get(),
                    (WriteConditions<DeclarationResult> conditions) ->
                            sessions.declare(session.get(), declaration, conditions),
                    declared ->
                            DeclarationResponse.answer(declared).with(cookies.renewed(call, declared.onboarding())));
        }
        access.requireRightToNameNoSession();
        IfMatch.refuse(call);
        Flow flow = sessions.flow(flow(body.text("flow")));
        return retries.once(
                call,
                "",
                (WriteConditions<DeclarationResult> conditions) -> sessions.declare(flow, declaration, conditions),
                declared -> DeclarationResponse.answer(declared).with(cookies.naming(declared.onboarding())));
    }

    Response complete(Request call) {
        RequestBody body = call.body();
        Optional<String> session = named(call, body);
        if (session.isPresent()) {
            return retries.once(
                    call,
                    session.get(),
                    (WriteConditions<Onboarding> conditions) -> sessions.complete(session.get(), conditions),
                    completed -> CompletionResponse.answer(completed).with(cookies.renewed(call, completed)));
        }
        access.requireRightToNameNoSession();
        IfMatch.refuse(call);
        Flow flow = sessions.flow(flow(body.text("flow")));
        return retries.once(
                call,
                "",
                (WriteConditions<Onboarding> conditions) -> sessions.complete(flow, conditions),
                completed -> CompletionResponse.answer(completed).with(cookies.naming(completed)));
    }

    private Optional<String> named(Request call, RequestBody body) {
        Optional<String> flow = body.text("flow");
        return (flow.isPresent() ? names.in(call, body, flow(flow)) : names.in(call, body)).one();
    }

    /** Its id: the flow itself is looked up where a session begins. */
    private String flow(Optional<String> name) {
        return name.map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }
}
