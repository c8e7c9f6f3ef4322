package dev.onward.web.session;

import dev.onward.flow.FlowCatalog;
import dev.onward.transition.TextRules;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RequestCookie;
import dev.onward.web.request.RoutedRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads which session a request names: by {@code session_id} in the query or body, by the header, or by a flow's
 * cookie. It rejects empty and contradictory ids.
 */
public final class SessionReferenceReader {
    public static final String FIELD = "session_id";
    public static final String HEADER = "Onboarding-Session";

    private static final String CURRENT = "current";

    private final FlowCatalog flows;

    public SessionReferenceReader(FlowCatalog flows) {
        this.flows = flows;
    }

    /** Considers the cookies of all flows on this server. */
    public SessionReference in(RoutedRequest request, RequestBody body) {
        return in(request, body, flows.ids());
    }

    /** Considers the cookie of one flow. */
    public SessionReference in(RoutedRequest request, RequestBody body, String flow) {
        return in(request, body, List.of(flow));
    }

    /**
     * The session in the path. {@code current} means the session of the header or of a flow's cookie, so that URLs need
     * no id.
     *
     * @throws ApiException if there is none
     */
    public String inPath(RoutedRequest request, String flow) {
        String id = TextRules.requireId("id", request.parameter("id"));
        if (id.equals(CURRENT)) {
            return in(request, RequestBody.none(), flow)
                    .one()
                    .orElseThrow(
                            () -> ApiException.sessionRequired("is missing: name the session in the address, with the"
                                    + " header Onboarding-Session, or with the cookie of its flow (?flow=…). If there is none,"
                                    + " start one."));
        }
        if (!request.query().text(FIELD).stream().allMatch(id::equals)) {
            throw ApiException.invalidField(FIELD, "names another session than the address: leave it out");
        }
        if (!request.listHeader(HEADER).stream().allMatch(id::equals)) {
            throw ApiException.invalidField(HEADER, "names another session than the address: name one");
        }
        return id;
    }

    /** Whether the path is {@code current}, and neither the header nor a cookie names a session. */
    public boolean noneInPath(RoutedRequest request, String flow) {
        return request.parameter("id").equals(CURRENT)
                && in(request, RequestBody.none(), flow).one().isEmpty();
    }

    /** Whether a cookie names the session. */
    public boolean byCookie(RoutedRequest request) {
        return request.parameter("id").equals(CURRENT)
                && request.listHeader(HEADER).isEmpty()
                && request.query().text(FIELD).isEmpty();
    }

    private SessionReference in(RoutedRequest request, RequestBody body, Collection<String> cookiesOf) {
        Set<String> explicit = new HashSet<>();
        request.query().text(FIELD).map(id -> TextRules.requireId(FIELD, id)).ifPresent(explicit::add);
        body.text(FIELD).map(id -> TextRules.requireId(FIELD, id)).ifPresent(explicit::add);
        request.listHeader(HEADER).stream()
                .map(id -> TextRules.requireId(HEADER, id))
                .forEach(explicit::add);
        Set<String> cookies = cookies(request, cookiesOf);
        boolean agree =
                explicit.size() <= 1 && (explicit.isEmpty() || cookies.isEmpty() || cookies.containsAll(explicit));
        if (!agree) {
            throw ApiException.invalidField(FIELD, "names another session than the header or the cookie: name one");
        }
        return new SessionReference(explicit.stream().findFirst(), cookies);
    }

    private static Set<String> cookies(RoutedRequest request, Collection<String> flows) {
        return flows.stream().flatMap(flow -> cookie(request, flow).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> cookie(RoutedRequest request, String flow) {
        String name = RequestCookie.nameIn(request, flow);
        List<String> ids = RequestCookie.in(request, flow).stream()
                .map(cookie -> TextRules.requireId(name, cookie.id()))
                .distinct()
                .toList();
        if (ids.size() > 1) {
            throw ApiException.invalidField(name, "is sent twice and names two sessions: send one");
        }
        return ids.stream().findFirst();
    }
}
