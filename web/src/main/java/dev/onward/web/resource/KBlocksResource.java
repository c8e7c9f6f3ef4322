package dev.onward.web.resource;

import dev.onward.kblock.KBlock;
import dev.onward.model.OnboardingException.KBlockNotFound;
import dev.onward.session.SessionService;
import dev.onward.transition.TextRules;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.http.Response;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.session.ClaimSecretGuard;
import dev.onward.web.session.SessionReference;
import dev.onward.web.session.SessionReferenceReader;

/** K-Blocks, readable with their session or by the operator. */
public final class KBlocksResource {
    private final SessionService sessions;
    private final SessionReferenceReader names;
    private final ClaimSecretGuard secrets;
    private final AccessPolicy access;

    public KBlocksResource(
            SessionService sessions, SessionReferenceReader names, ClaimSecretGuard secrets, AccessPolicy access) {
        this.sessions = sessions;
        this.names = names;
        this.secrets = secrets;
        this.access = access;
    }

    public Response read(RoutedRequest request) {
        SessionReference caller = names.in(request, RequestBody.none());
        KBlock kblock = sessions.kblock(TextRules.requireId("id", request.parameter("id")));
        if (!isItsSession(request, caller, kblock) && !access.isOperator(request)) {
            throw new KBlockNotFound();
        }
        return Response.json(kblock.view());
    }

    private boolean isItsSession(RoutedRequest request, SessionReference caller, KBlock kblock) {
        return caller.names(kblock.sessionId()) && secrets.admits(request, kblock.sessionId());
    }
}
