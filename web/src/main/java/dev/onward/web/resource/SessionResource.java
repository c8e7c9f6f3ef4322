package dev.onward.web.resource;

import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.session.ClaimResult;
import dev.onward.session.EventPosition;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.TextRules;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.CursorCodec;
import dev.onward.web.request.QueryParameters;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.ClaimResponse;
import dev.onward.web.response.EventPageResponse;
import dev.onward.web.response.SessionResponse;
import dev.onward.web.session.ClaimSecretGuard;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** One session: reading it, its history, and all actions. */
public final class SessionResource {
    /**
     * With this query parameter, {@code current} returns 204 if there is no session, because a page's first visit is no
     * error.
     */
    public static final String OPTIONAL = "optional";

    private static final String POLICY = "policy";
    private static final int MAX_SUCCESSORS = 100;

    private final SessionService sessions;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final ClaimSecretGuard secrets;
    private final CursorCodec cursors;
    private final IdempotentRequests idempotent;
    private final AccessPolicy access;

    public SessionResource(
            SessionService sessions,
            SessionReferenceReader names,
            SessionCookies cookies,
            ClaimSecretGuard secrets,
            CursorCodec cursors,
            IdempotentRequests idempotent,
            AccessPolicy access) {
        this.sessions = sessions;
        this.names = names;
        this.cookies = cookies;
        this.secrets = secrets;
        this.cursors = cursors;
        this.idempotent = idempotent;
        this.access = access;
    }

    /** If the cookie names a superseded session, it is replaced by one for the successor. */
    public Response read(RoutedRequest request) {
        if (request.query().flag(OPTIONAL).orElse(false) && names.noneInPath(request, flow(request))) {
            return Response.noContent();
        }
        Onboarding named = sessions.visit(id(request), secrets.check(request));
        if (named.session().supersededBy().isEmpty() || !names.byCookie(request)) {
            return SessionResponse.answer(named).with(cookies.renewed(request, named));
        }
        Onboarding current = onboardingFor(request, named);
        return SessionResponse.answer(current).with(cookies.naming(current));
    }

    private Onboarding onboardingFor(RoutedRequest request, Onboarding named) {
        Onboarding current = named;
        for (int i = 0; i < MAX_SUCCESSORS; i++) {
            Optional<String> successor = current.session().supersededBy();
            if (successor.isEmpty()) {
                break;
            }
            Session next = sessions.find(successor.get());
            if (!secrets.admitsOver(request, current.session(), next)) {
                break;
            }
            current = sessions.visit(next.id());
        }
        return current;
    }

    public Response events(RoutedRequest request) {
        QueryParameters query = request.query();
        String session = id(request);
        secrets.require(request, session);
        int limit = query.number("limit", 1, 200, 50);
        EventPosition after = query.text("cursor")
                .map(cursor -> cursors.position(cursor, session))
                .orElse(EventPosition.BEGINNING);
        return Response.json(EventPageResponse.of(
                sessions.events(session, after, limit), position -> cursors.of(position, session)));
    }

    public Response submit(RoutedRequest request) {
        Object answer = request.body().answer();
        return changed(request, (session, conditions) -> sessions.submit(session, step(request), answer, conditions));
    }

    public Response skip(RoutedRequest request) {
        return changed(request, (session, conditions) -> sessions.skip(session, step(request), conditions));
    }

    public Response dismiss(RoutedRequest request) {
        return changed(request, sessions::dismiss);
    }

    public Response reopen(RoutedRequest request) {
        return changed(request, sessions::reopen);
    }

    public Response complete(RoutedRequest request) {
        return changed(request, sessions::complete);
    }

    public Response restart(RoutedRequest request) {
        String session = id(request);
        return idempotent.once(
                request,
                idempotencySubject(request, session),
                (WriteConditions<Onboarding> conditions) -> sessions.restart(session, conditions),
                onboarding -> SessionResponse.answer(onboarding).with(cookies.naming(onboarding)));
    }

    public Response claim(RoutedRequest request) {
        RequestBody body = request.body();
        String session = id(request);
        Optional<String> named = body.text("user_id").map(id -> TextRules.requireId("user_id", id));
        ClaimPolicy policy = body.text(POLICY).map(SessionResource::policy).orElse(ClaimPolicy.FAIL);
        String user = access.user(request, named)
                .orElseThrow(() -> ApiException.invalidField("user_id", "is required without a user's token"));
        return idempotent.once(
                request,
                idempotencySubject(request, session),
                (WriteConditions<ClaimResult> conditions) ->
                        closed(request, sessions.claim(session, user, policy, secrets.forClaim(request), conditions)),
                this::claimed);
    }

    /** The key alone identifies a request after which the cookie names another session. */
    private String idempotencySubject(RoutedRequest request, String session) {
        return names.byCookie(request) ? "" : session;
    }

    /** In mode public, the first claim also closes the user's earlier session to others. */
    private ClaimResult closed(RoutedRequest request, ClaimResult claimed) {
        return switch (claimed.result()) {
            case ALREADY_YOURS ->
                claimed.with(secrets.claimed(request, claimed.onboarding().session()));
            case CLAIMED, KEPT_TARGET, KEPT_SOURCE, MERGED -> claimed;
        };
    }

    private Response claimed(ClaimResult claimed) {
        Session session = claimed.onboarding().session();
        return Response.json(ClaimResponse.of(claimed))
                .atRevision(session.revision())
                .with(cookies.naming(claimed.onboarding()));
    }

    private Response changed(
            RoutedRequest request, BiFunction<String, WriteConditions<Onboarding>, Onboarding> change) {
        String session = id(request);
        return idempotent.once(
                request,
                session,
                (WriteConditions<Onboarding> conditions) -> change.apply(session, conditions),
                changed -> SessionResponse.answer(changed).with(cookies.renewed(request, changed)));
    }

    private String id(RoutedRequest request) {
        return names.inPath(request, flow(request));
    }

    private String flow(RoutedRequest request) {
        return request.query().text("flow").map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }

    private static String step(RoutedRequest request) {
        return TextRules.requireId("step", request.parameter("step"));
    }

    private static ClaimPolicy policy(String name) {
        Optional<ClaimPolicy> known = Arrays.stream(ClaimPolicy.values())
                .filter(policy -> policy.code().equals(name))
                .findFirst();
        return known.orElseThrow(() -> ApiException.invalidField(
                POLICY,
                "must be one of "
                        + Arrays.stream(ClaimPolicy.values())
                                .map(ClaimPolicy::code)
                                .collect(Collectors.joining(", "))));
    }
}
