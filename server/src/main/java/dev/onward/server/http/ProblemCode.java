package dev.onward.server.http;

import java.util.Locale;

/** What can go wrong, as clients tell it apart. The names never change. */
enum ProblemCode {
    BAD_REQUEST(400, "Not a request that can be read"),
    MALFORMED_JSON(400, "The body is not JSON"),
    OPERATOR_KEY_REQUIRED(401, "The operator's key is needed"),
    HOST_NOT_ALLOWED(403, "Not by this name"),
    CLAIM_PROOF_REQUIRED(403, "Claimed by a user"),
    ORIGIN_NOT_ALLOWED(403, "Not from this page"),
    NOT_FOUND(404, "Nothing at this address"),
    SESSION_NOT_FOUND(404, "No such session"),
    KBLOCK_NOT_FOUND(404, "No such K-Block"),
    PROFILE_NOT_FOUND(404, "No such profile"),
    FLOW_NOT_FOUND(404, "No such flow"),
    STEP_NOT_FOUND(404, "No such step"),
    METHOD_NOT_ALLOWED(405, "Not with this method"),
    ALREADY_DECLARED(409, "Already declared"),
    NOTHING_TO_DECLARE(409, "Nothing to declare"),
    CHANGED_MEANWHILE(409, "Changed meanwhile"),
    STEP_NOT_REACHABLE(409, "Not this step now"),
    ALREADY_ANSWERED(409, "Already answered"),
    STEP_REQUIRED(409, "The step is required"),
    STEPS_MISSING(409, "Steps are missing"),
    DISMISSED(409, "Dismissed"),
    ALREADY_COMPLETED(409, "Already completed"),
    SUPERSEDED(409, "Superseded"),
    CLAIMED_BY_ANOTHER(409, "Another user's"),
    USER_HAS_OPEN_SESSION(409, "The user has an open session"),
    FLOW_FROM_FILE(409, "The flow comes from a file"),
    REQUEST_RUNNING(409, "The same request is under way"),
    STALE_REVISION(412, "Changed since it was read"),
    TOO_LARGE(413, "Too large"),
    ANSWERS_TOO_LARGE(413, "The answers are too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Not this content type"),
    INVALID_FIELD(422, "A field breaks its rule"),
    INVALID_ANSWER(422, "The answer breaks its rules"),
    INVALID_FLOW(422, "The definition breaks its rules"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used before"),
    SESSION_REQUIRED(422, "A session is needed"),
    INTERNAL(500, "Something went wrong here"),
    BUSY(503, "Too much to do"),
    DATABASE_UNAVAILABLE(503, "The database does not answer"),
    OUTCOME_UNKNOWN(503, "It may have happened or not"),
    READ_CANCELLED(503, "Reading took too long"),
    FLOW_NOT_LOADED(503, "The flow is not loaded here"),
    DATABASE_FULL(507, "The database is full");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Whether what stands in the way of a request passes by itself. */
    boolean passes() {
        return this == CHANGED_MEANWHILE || this == REQUEST_RUNNING;
    }

    /** The name on the wire. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
