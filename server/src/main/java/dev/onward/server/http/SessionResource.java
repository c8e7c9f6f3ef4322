package dev.onward.server.http;

import dev.onward.flow.FlowCatalog;
import dev.onward.session.ClaimPolicy;
import dev.onward.session.Claimed;
import dev.onward.session.EventPlace;
import dev.onward.session.Journey;
import dev.onward.session.OnboardingException.InvalidField;
import dev.onward.session.Session;
import dev.onward.session.Sessions;
import dev.onward.session.Terms;
import dev.onward.session.Text;
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

    private final Sessions sessions;
    private final SessionNames names;
    private final SessionCookies cookies;
    private final ClaimSecrets secrets;
    private final Cursors cursors;
    private final Retries retries;
    private final Access access;

    SessionResource(
            Sessions sessions,
            SessionNames names,
            SessionCookies cookies,
            ClaimSecrets secrets,
            Cursors cursors,
            Retries retries,
            Access access) {
        this.sessions = sessions;
        this.names = names;
        this.cookies = cookies;
        this.secrets = secrets;
        this.cursors = cursors;
        this.retries = retries;
        this.access = access;
    }

    /** Whose cookie names a session in whose place another one stands goes over to that one. */
    Answer read(Call call) {
        if (call.query().flag(OPTIONAL).orElse(false) && names.noneInPath(call, flow(call))) {
            return Answer.none();
        }
        Journey named = sessions.comeBack(id(call), secrets.check(call));
        if (named.session().supersededBy().isEmpty() || !names.byCookie(call)) {
            return SessionView.answer(named).with(cookies.renewed(call, named));
        }
        Journey standing = standingFor(call, named);
        return SessionView.answer(standing).with(cookies.naming(standing));
    }

    private Journey standingFor(Call call, Journey named) {
        Journey standing = named;
        for (int i = 0; i < MOST_SUCCESSORS; i++) {
            Optional<String> successor = standing.session().supersededBy();
            if (successor.isEmpty()) {
                break;
            }
            Session next = sessions.find(successor.get());
            if (!secrets.admitsOver(call, standing.session(), next)) {
                break;
            }
            standing = sessions.comeBack(next.id());
        }
        return standing;
    }

    Answer events(Call call) {
        Query query = call.query();
        String session = id(call);
        secrets.require(call, session);
        int limit = query.number("limit", 1, 200, 50);
        EventPlace after = query.text("cursor")
                .map(cursor -> cursors.place(cursor, session))
                .orElse(EventPlace.BEGINNING);
        return Answer.json(EventsView.of(sessions.events(session, after, limit), place -> cursors.of(place, session)));
    }

    Answer submit(Call call) {
        Object answer = call.body().answer();
        return changed(call, (session, terms) -> sessions.submit(session, step(call), answer, terms));
    }

    Answer skip(Call call) {
        return changed(call, (session, terms) -> sessions.skip(session, step(call), terms));
    }

    Answer dismiss(Call call) {
        return changed(call, sessions::dismiss);
    }

    Answer reopen(Call call) {
        return changed(call, sessions::reopen);
    }

    Answer complete(Call call) {
        return changed(call, sessions::complete);
    }

    Answer restart(Call call) {
        String session = id(call);
        return retries.once(
                call,
                subjectOfMove(call, session),
                (Terms<Journey> terms) -> sessions.restart(session, terms),
                begun -> SessionView.answer(begun).with(cookies.naming(begun)));
    }

    Answer claim(Call call) {
        Body body = call.body();
        String session = id(call);
        String user = Text.requireId("user_id", body.requiredText("user_id"));
        ClaimPolicy policy = body.text(POLICY).map(SessionResource::policy).orElse(ClaimPolicy.FAIL);
        access.requireRightToNameUser(call);
        return retries.once(
                call,
                subjectOfMove(call, session),
                (Terms<Claimed> terms) -> closed(sessions.claim(session, user, policy, secrets.forClaim(), terms)),
                this::claimed);
    }

    /** What its answer moves the cookie away from is found again by the key alone. */
    private String subjectOfMove(Call call, String session) {
        return names.byCookie(call) ? "" : session;
    }

    /** What was the user's before is closed to others from the first claim on in mode public. */
    private Claimed closed(Claimed claimed) {
        return switch (claimed.result()) {
            case ALREADY_YOURS -> claimed.with(secrets.claimed(claimed.journey().session()));
            case CLAIMED, KEPT_TARGET, KEPT_SOURCE, MERGED -> claimed;
        };
    }

    private Answer claimed(Claimed claimed) {
        Session session = claimed.journey().session();
        return Answer.json(ClaimedView.of(claimed)).at(session).with(cookies.naming(claimed.journey()));
    }

    private Answer changed(Call call, BiFunction<String, Terms<Journey>, Journey> change) {
        String session = id(call);
        return retries.once(
                call,
                session,
                (Terms<Journey> terms) -> change.apply(session, terms),
                changed -> SessionView.answer(changed).with(cookies.renewed(call, changed)));
    }

    private String id(Call call) {
        return names.inPath(call, flow(call));
    }

    private String flow(Call call) {
        return call.query().text("flow").map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }

    private static String step(Call call) {
        return Text.requireId("step", call.parameter("step"));
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
