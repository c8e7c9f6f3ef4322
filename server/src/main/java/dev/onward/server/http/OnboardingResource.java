package dev.onward.server.http;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.session.Declaration;
import dev.onward.session.Declared;
import dev.onward.session.FlowChoice;
import dev.onward.session.Journey;
import dev.onward.session.OnboardingException.InvalidField;
import dev.onward.session.Sessions;
import dev.onward.session.Start;
import dev.onward.session.Started;
import dev.onward.session.Terms;
import dev.onward.session.Text;
import java.util.Optional;

/** What a product calls while a person is being onboarded. */
final class OnboardingResource {
    private final Sessions sessions;
    private final SessionNames names;
    private final SessionCookies cookies;
    private final ClaimSecrets secrets;
    private final Retries retries;
    private final Access access;

    OnboardingResource(
            Sessions sessions,
            SessionNames names,
            SessionCookies cookies,
            ClaimSecrets secrets,
            Retries retries,
            Access access) {
        this.sessions = sessions;
        this.names = names;
        this.cookies = cookies;
        this.secrets = secrets;
        this.retries = retries;
        this.access = access;
    }

    Answer start(Call call) {
        IfMatch.refuse(call);
        Start wish = wish(call);
        return retries.once(
                call,
                wish.userId().map(user -> "user " + user).orElse(""),
                (Terms<Started> terms) -> sessions.start(wish, terms),
                started -> Answer.json(StartedView.of(started))
                        .at(started.journey().session())
                        .with(cookies.naming(started.journey())));
    }

    private Start wish(Call call) {
        Body body = call.body();
        Start start = Start.of(flow(body.text("flow")));
        Optional<String> user = body.text("user_id");
        if (user.isPresent()) {
            start = start.by(user.get());
            access.requireRightToNameUser(call);
        }
        return body.flag("resume") ? start.resuming() : start;
    }

    Answer status(Call call) {
        Optional<String> user = call.query().text("user_id");
        return user.isPresent() ? statusOf(call, user.get()) : status(call, named(call));
    }

    private Answer statusOf(Call call, String user) {
        String userId = Text.requireId("user_id", user);
        if (named(call).said().isPresent()) {
            throw new InvalidField("user_id", "and session_id exclude each other: send one of them");
        }
        access.requireRightToNameUser(call);
        FlowChoice choice = call.query()
                .text("flow")
                .map(flow -> (FlowChoice) new FlowChoice.Only(sessions.requireFlow(flow)))
                .orElseGet(FlowChoice.Any::new);
        return sessions.findForUser(userId, choice)
                .map(StatusView::answer)
                .orElseGet(() -> Answer.json(StatusView.bare(false)));
    }

    private Answer status(Call call, SessionName name) {
        Optional<String> session = name.one();
        if (session.isEmpty()) {
            access.requireRightToNameNoSession();
            return Answer.json(StatusView.bare(sessions.anyCompleted()));
        }
        Journey standing = sessions.get(session.get(), secrets.check(call));
        return StatusView.answer(standing).with(cookies.renewedByStatus(call, standing));
    }

    private SessionName named(Call call) {
        return names.in(call, Body.none(), flow(call.query().text("flow")));
    }

    Answer declare(Call call) {
        Body body = call.body();
        Declaration declaration = new Declaration(body.requiredText("declaration"));
        Optional<String> session = named(call, body);
        if (session.isPresent()) {
            return retries.once(
                    call,
                    session.get(),
                    (Terms<Declared> terms) -> sessions.declare(session.get(), declaration, terms),
                    declared -> DeclaredView.answer(declared).with(cookies.renewed(call, declared.journey())));
        }
        access.requireRightToNameNoSession();
        IfMatch.refuse(call);
        Flow flow = sessions.flow(flow(body.text("flow")));
        return retries.once(
                call,
                "",
                (Terms<Declared> terms) -> sessions.declare(flow, declaration, terms),
                declared -> DeclaredView.answer(declared).with(cookies.naming(declared.journey())));
    }

    Answer complete(Call call) {
        Body body = call.body();
        Optional<String> session = named(call, body);
        if (session.isPresent()) {
            return retries.once(
                    call,
                    session.get(),
                    (Terms<Journey> terms) -> sessions.complete(session.get(), terms),
                    completed -> CompletedView.answer(completed).with(cookies.renewed(call, completed)));
        }
        access.requireRightToNameNoSession();
        IfMatch.refuse(call);
        Flow flow = sessions.flow(flow(body.text("flow")));
        return retries.once(
                call,
                "",
                (Terms<Journey> terms) -> sessions.complete(flow, terms),
                completed -> CompletedView.answer(completed).with(cookies.naming(completed)));
    }

    private Optional<String> named(Call call, Body body) {
        Optional<String> flow = body.text("flow");
        return (flow.isPresent() ? names.in(call, body, flow(flow)) : names.in(call, body)).one();
    }

    /** Its id: the flow itself is looked up where a session begins. */
    private String flow(Optional<String> name) {
        return name.map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }
}
