package dev.onward.server.http;

import dev.onward.flow.FlowCatalog;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.transition.TextRules;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads which session a call names: by {@code session_id} in the query or the body, by the header, or by the cookies of
 * flows. One that is empty, and two that differ, are an {@link InvalidField}.
 */
final class SessionReferenceReader {
    static final String FIELD = "session_id";
    static final String HEADER = "Onboarding-Session";

    private static final String CURRENT = "current";

    private final FlowCatalog flows;

    SessionReferenceReader(FlowCatalog flows) {
        this.flows = flows;
    }

    /** With the cookies of every flow that is here. */
    SessionReference in(Request call, RequestBody body) {
        return in(call, body, flows.ids());
    }

    /** With the cookie of one flow alone. */
    SessionReference in(Request call, RequestBody body, String flow) {
        return in(call, body, List.of(flow));
    }

    /**
     * The session that the path names. {@code current} is the one that the header names, or the cookie of a flow, so that
     * nobody has to put an id into an address.
     *
     * @throws ApiException where neither names one
     */
    String inPath(Request call, String flow) {
        String id = TextRules.requireId("id", call.parameter("id"));
        if (id.equals(CURRENT)) {
            return in(call, RequestBody.none(), flow)
                    .one()
                    .orElseThrow(() -> new ApiException(
                            ProblemCode.SESSION_REQUIRED,
                            "session_id is missing: name the session in the address, or by the header"
                                    + " Onboarding-Session, or by the cookie of its flow (?flow=…). Start one if"
                                    + " there is none."));
        }
        if (!call.query().text(FIELD).stream().allMatch(id::equals)) {
            throw new InvalidField(FIELD, "names another session than the address: remove it");
        }
        if (!call.header(HEADER).stream().allMatch(id::equals)) {
            throw new InvalidField(HEADER, "names another session than the address: name only one");
        }
        return id;
    }

    /** Whether the path leaves it to the header or a cookie to name the session, and none does. */
    boolean noneInPath(Request call, String flow) {
        return call.parameter("id").equals(CURRENT)
                && in(call, RequestBody.none(), flow).one().isEmpty();
    }

    /** Whether the path leaves it to a cookie to name the session. */
    boolean byCookie(Request call) {
        return call.parameter("id").equals(CURRENT)
                && call.header(HEADER).isEmpty()
                && call.query().text(FIELD).isEmpty();
    }

    private SessionReference in(Request call, RequestBody body, Collection<String> cookiesOf) {
        Set<String> said = new HashSet<>();
        call.query().text(FIELD).map(id -> TextRules.requireId(FIELD, id)).ifPresent(said::add);
        body.text(FIELD).map(id -> TextRules.requireId(FIELD, id)).ifPresent(said::add);
        call.header(HEADER).stream().map(id -> TextRules.requireId(HEADER, id)).forEach(said::add);
        Set<String> cookies = call.hasCookies() ? cookies(call, cookiesOf) : Set.of();
        boolean agree = said.size() <= 1 && (said.isEmpty() || cookies.isEmpty() || cookies.containsAll(said));
        if (!agree) {
            throw new InvalidField(FIELD, "names another session than the header or the cookie: name only one");
        }
        return new SessionReference(said.stream().findFirst(), cookies);
    }

    private static Set<String> cookies(Request call, Collection<String> flows) {
        return flows.stream().flatMap(flow -> cookie(call, flow).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> cookie(Request call, String flow) {
        String name = RequestCookie.nameIn(call, flow);
        List<String> ids = RequestCookie.in(call, flow).stream()
                .map(cookie -> TextRules.requireId(name, cookie.id()))
                .distinct()
                .toList();
        if (ids.size() > 1) {
            throw new InvalidField(name, "is sent twice with two sessions: send only one");
        }
        return ids.stream().findFirst();
    }
}
