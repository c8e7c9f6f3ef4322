package dev.onward.server.http;

import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.session.ClaimResult;
import dev.onward.session.EventPosition;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.TextRules;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** One session: what it looks like, its history, and all that may happen to it. */
final class SessionResource {
    /** Answers 204 where {@code current} names no session: no session yet is no error of a page's first visit. */
    static final String OPTIONAL = "optional";

    private static final String POLICY = "policy";
    private static final int MOST_SUCCESSORS = 100;

    private final SessionService sessions;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final ClaimSecretGuard secrets;
    private final CursorCodec cursors;
    private final IdempotentRequests retries;
    private final AccessPolicy access;

    SessionResource(
            SessionService sessions,
            SessionReferenceReader names,
            SessionCookies cookies,
            ClaimSecretGuard secrets,
            CursorCodec cursors,
            IdempotentRequests retries,
            AccessPolicy access) {
        this.sessions = sessions;
        this.names = names;
        this.cookies = cookies;
        this.secrets = secrets;
        this.cursors = cursors;
        this.retries = retries;
        this.access = access;
    }

    /** Whose cookie names a session in whose place another one stands goes over to that one. */
    Response read(Request call) {
        if (call.query().flag(OPTIONAL).orElse(false) && names.noneInPath(call, flow(call))) {
            return Response.none();
        }
        Onboarding named = sessions.visit(id(call), secrets.check(call));
        if (named.session().supersededBy().isEmpty() || !names.byCookie(call)) {
            return SessionResponse.answer(named).with(cookies.renewed(call, named));
        }
        Onboarding current = standingFor(call, named);
        return SessionResponse.answer(current).with(cookies.naming(current));
    }

    private Onboarding standingFor(Request call, Onboarding named) {
        Onboarding current = named;
        for (int i = 0; i < MOST_SUCCESSORS; i++) {
            Optional<String> successor = current.session().supersededBy();
            if (successor.isEmpty()) {
                break;
            }
            Session next = sessions.find(successor.get());
            if (!secrets.admitsOver(call, current.session(), next)) {
                break;
            }
            current = sessions.visit(next.id());
        }
        return current;
    }

    Response events(Request call) {
        QueryParameters query = call.query();
        String session = id(call);
        secrets.require(call, session);
        int limit = query.number("limit", 1, 200, 50);
        EventPosition after = query.text("cursor")
                .map(cursor -> cursors.place(cursor, session))
                .orElse(EventPosition.BEGINNING);
        return Response.json(
                EventPageResponse.of(sessions.events(session, after, limit), place -> cursors.of(place, session)));
    }

    Response submit(Request call) {
        Object answer = call.body().answer();
        return changed(call, (session, conditions) -> sessions.submit(session, step(call), answer, conditions));
    }

    Response skip(Request call) {
        return changed(call, (session, conditions) -> sessions.skip(session, step(call), conditions));
    }

    Response dismiss(Request call) {
        return changed(call, sessions::dismiss);
    }

    Response reopen(Request call) {
        return changed(call, sessions::reopen);
    }

    Response complete(Request call) {
        return changed(call, sessions::complete);
    }

    Response restart(Request call) {
        String session = id(call);
        return retries.once(
                call,
                subjectOfMove(call, session),
                (WriteConditions<Onboarding> conditions) -> sessions.restart(session, conditions),
                begun -> SessionResponse.answer(begun).with(cookies.naming(begun)));
    }

    Response claim(Request call) {
        RequestBody body = call.body();
        String session = id(call);
        String user = TextRules.requireId("user_id", body.requiredText("user_id"));
        ClaimPolicy policy = body.text(POLICY).map(SessionResource::policy).orElse(ClaimPolicy.FAIL);
        access.requireRightToNameUser(call);
        return retries.once(
                call,
                subjectOfMove(call, session),
                (WriteConditions<ClaimResult> conditions) ->
                        closed(sessions.claim(session, user, policy, secrets.forClaim(), conditions)),
                this::claimed);
    }

    /** What its answer moves the cookie away from is found again by the key alone. */
    private String subjectOfMove(Request call, String session) {
        return names.byCookie(call) ? "" : session;
    }

    /** What was the user's before is closed to others from the first claim on in mode public. */
    private ClaimResult closed(ClaimResult claimed) {
        return switch (claimed.result()) {
            case ALREADY_YOURS ->
                claimed.with(secrets.claimed(claimed.onboarding().session()));
            case CLAIMED, KEPT_TARGET, KEPT_SOURCE, MERGED -> claimed;
        };
    }

    private Response claimed(ClaimResult claimed) {
        Session session = claimed.onboarding().session();
        return Response.json(ClaimResponse.of(claimed)).at(session).with(cookies.naming(claimed.onboarding()));
    }

    private Response changed(Request call, BiFunction<String, WriteConditions<Onboarding>, Onboarding> change) {
        String session = id(call);
        return retries.once(
                call,
                session,
                (WriteConditions<Onboarding> conditions) -> change.apply(session, conditions),
                changed -> SessionResponse.answer(changed).with(cookies.renewed(call, changed)));
    }

    private String id(Request call) {
        return names.inPath(call, flow(call));
    }

    private String flow(Request call) {
        return call.query().text("flow").map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }

    private static String step(Request call) {
        return TextRules.requireId("step", call.parameter("step"));
    }

    private static ClaimPolicy policy(String name) {
        Optional<ClaimPolicy> known = Arrays.stream(ClaimPolicy.values())
                .filter(policy -> policy.code().equals(name))
                .findFirst();
        return known.orElseThrow(() -> new InvalidField(
                POLICY,
                "must be one of "
                        + Arrays.stream(ClaimPolicy.values())
                                .map(ClaimPolicy::code)
                                .collect(Collectors.joining(", "))));
    }
}
