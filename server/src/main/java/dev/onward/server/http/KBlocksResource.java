package dev.onward.server.http;

import dev.onward.kblock.KBlock;
import dev.onward.model.OnboardingException.KBlockNotFound;
import dev.onward.session.SessionService;
import dev.onward.transition.TextRules;

/** K-Blocks, for their session and for the operator. */
final class KBlocksResource {
    private final SessionService sessions;
    private final SessionReferenceReader names;
    private final ClaimSecretGuard secrets;
    private final AccessPolicy access;

    KBlocksResource(
            SessionService sessions, SessionReferenceReader names, ClaimSecretGuard secrets, AccessPolicy access) {
        this.sessions = sessions;
        this.names = names;
        this.secrets = secrets;
        this.access = access;
    }

    Response read(Request call) {
        SessionReference caller = names.in(call, RequestBody.none());
        KBlock kblock = sessions.kblock(TextRules.requireId("id", call.parameter("id")));
        if (!isItsSession(call, caller, kblock) && !access.isOperator(call)) {
            throw new KBlockNotFound();
        }
        return Response.json(KBlockResponse.of(kblock));
    }

    private boolean isItsSession(Request call, SessionReference caller, KBlock kblock) {
        return caller.names(kblock.sessionId()) && secrets.admits(call, kblock.sessionId());
    }
}
