package dev.onward.web.resource;

import dev.onward.session.FlowFilter;
import dev.onward.session.SessionService;
import dev.onward.transition.Onboarding;
import dev.onward.transition.TextRules;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.StatusResponse;
import dev.onward.web.session.ClaimSecretGuard;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReference;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Optional;

/** The status of a session, a user or the installation. */
public final class StatusResource {
    private final SessionService sessions;
    private final FlowParameter flows;
    private final SessionReferenceReader names;
    private final SessionCookies cookies;
    private final ClaimSecretGuard secrets;
    private final AccessPolicy access;

    public StatusResource(
            SessionService sessions,
            SessionReferenceReader names,
            SessionCookies cookies,
            ClaimSecretGuard secrets,
            AccessPolicy access) {
        this.sessions = sessions;
        this.flows = new FlowParameter(sessions);
        this.names = names;
        this.cookies = cookies;
        this.secrets = secrets;
        this.access = access;
    }

    public Response read(RoutedRequest request) {
        Optional<String> user = request.query().text("user_id").map(named -> TextRules.requireId("user_id", named));
        if (user.isPresent()) {
            if (named(request).explicit().isPresent()) {
                throw ApiException.invalidField("user_id", "cannot be combined with session_id: send one of them");
            }
            return ofUser(request, access.user(request, user).orElseThrow());
        }
        Optional<String> session = named(request).one();
        if (session.isPresent()) {
            return ofSession(request, session.get());
        }
        Optional<String> signedIn = access.user(request, Optional.empty());
        return signedIn.isPresent() ? ofUser(request, signedIn.get()) : ofInstallation();
    }

    private Response ofUser(RoutedRequest request, String userId) {
        return sessions.findForUser(userId, filter(request))
                .map(StatusResponse::answer)
                .orElseGet(() -> Response.json(StatusResponse.bare(false)));
    }

    private FlowFilter filter(RoutedRequest request) {
        Optional<String> flow = request.query().text("flow");
        return flow.isPresent() ? new FlowFilter.OneFlow(flows.id(flow)) : new FlowFilter.AnyFlow();
    }

    private Response ofSession(RoutedRequest request, String session) {
        Onboarding current = sessions.get(session, secrets.check(request));
        return StatusResponse.answer(current).with(cookies.renewedByStatus(request, current));
    }

    private Response ofInstallation() {
        access.requireRightToNameNoSession();
        return Response.json(StatusResponse.bare(sessions.anyCompleted()));
    }

    private SessionReference named(RoutedRequest request) {
        String flow = flows.id(request.query().text("flow"));
        return names.in(request, RequestBody.none(), flow);
    }
}
