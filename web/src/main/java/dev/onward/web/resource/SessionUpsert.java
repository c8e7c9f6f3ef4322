package dev.onward.web.resource;

import dev.onward.flow.Flow;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Onboarding;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes to the session that a request names; if it names none, to a new one. */
public final class SessionUpsert {
    private final SessionService sessions;
    private final FlowParameter flows;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final IdempotentRequests idempotent;
    private final AccessPolicy access;

    public SessionUpsert(
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

    /**
     * @param update writes to the session with this id
     * @param insert writes to a new session of this flow
     * @param written the session in a result
     * @param answer creates the response, without its cookie, from a result
     */
    <R> Response execute(
            RoutedRequest request,
            BiFunction<String, WriteConditions<R>, R> update,
            BiFunction<Flow, WriteConditions<R>, R> insert,
            Function<R, Onboarding> written,
            Function<R, Response> answer) {
        Optional<String> session = flows.session(request, names);
        if (session.isPresent()) {
            return idempotent.once(
                    request,
                    session.get(),
                    (WriteConditions<R> conditions) -> update.apply(session.get(), conditions),
                    result -> answer.apply(result).with(cookies.renewed(request, written.apply(result))));
        }
        access.requireRightToNameNoSession();
        IfMatch.reject(request);
        Flow flow = sessions.flow(flows.id(request.body().text("flow")));
        return idempotent.once(
                request,
                "",
                (WriteConditions<R> conditions) -> insert.apply(flow, conditions),
                result -> answer.apply(result).with(cookies.naming(written.apply(result))));
    }
}
