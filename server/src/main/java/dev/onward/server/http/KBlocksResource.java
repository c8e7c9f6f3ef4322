package dev.onward.server.http;

import dev.onward.kblock.KBlock;
import dev.onward.session.OnboardingException.KBlockNotFound;
import dev.onward.session.Sessions;
import dev.onward.session.Text;

/** K-Blocks, for their session and for the operator. */
final class KBlocksResource {
    private final Sessions sessions;
    private final SessionNames names;
    private final ClaimSecrets secrets;
    private final Access access;

    KBlocksResource(Sessions sessions, SessionNames names, ClaimSecrets secrets, Access access) {
        this.sessions = sessions;
        this.names = names;
        this.secrets = secrets;
        this.access = access;
    }

    Answer read(Call call) {
        SessionName caller = names.in(call, Body.none());
        KBlock kblock = sessions.kblock(Text.requireId("id", call.parameter("id")));
        if (!isItsSession(call, caller, kblock) && !access.isOperator(call)) {
            throw new KBlockNotFound();
        }
        return Answer.json(KBlockView.of(kblock));
    }

    private boolean isItsSession(Call call, SessionName caller, KBlock kblock) {
        return caller.names(kblock.sessionId()) && secrets.admits(call, kblock.sessionId());
    }
}
