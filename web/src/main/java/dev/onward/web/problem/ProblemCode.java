package dev.onward.web.problem;

import java.util.Locale;

/** The problem codes with their status and title. Clients rely on the codes, which never change. */
public enum ProblemCode {
    BAD_REQUEST(400, "Malformed request"),
    MALFORMED_JSON(400, "Body is not JSON"),
    OPERATOR_KEY_REQUIRED(401, "Operator's key required"),
    TOKEN_INVALID(401, "Token not valid"),
    TOKEN_EXPIRED(401, "Token expired"),
    WRONG_AUDIENCE(401, "Token for another audience"),
    TOKEN_WITHOUT_SUBJECT(401, "Token without a user id"),
    KEY_UNKNOWN(401, "Token's key unknown"),
    HOST_NOT_ALLOWED(403, "Host not allowed"),
    CLAIM_PROOF_REQUIRED(403, "Proof of the claim required"),
    ORIGIN_NOT_ALLOWED(403, "Origin not allowed"),
    ANOTHER_USER(403, "Token of another user"),
    USER_ID_TOO_LONG(403, "User id too long"),
    NOT_FOUND(404, "Not found"),
    SESSION_NOT_FOUND(404, "Session not found"),
    KBLOCK_NOT_FOUND(404, "K-Block not found"),
    PROFILE_NOT_FOUND(404, "Profile not found"),
    FLOW_NOT_FOUND(404, "Flow not found"),
    STEP_NOT_FOUND(404, "Step not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    ALREADY_DECLARED(409, "Already declared"),
    NOTHING_TO_DECLARE(409, "Nothing to declare"),
    CHANGED_MEANWHILE(409, "Too many concurrent changes"),
    STEP_NOT_REACHABLE(409, "Step not reachable"),
    ALREADY_ANSWERED(409, "Already answered"),
    STEP_REQUIRED(409, "Step required"),
    STEPS_MISSING(409, "Required steps missing"),
    DISMISSED(409, "Session dismissed"),
    ALREADY_COMPLETED(409, "Already completed"),
    SUPERSEDED(409, "Session superseded"),
    CLAIMED_BY_ANOTHER(409, "Session belongs to another user"),
    USER_HAS_OPEN_SESSION(409, "User has an open session"),
    FLOW_FROM_FILE(409, "Flow comes from a file"),
    REQUEST_RUNNING(409, "Request still running"),
    STALE_REVISION(412, "Session has changed"),
    TOO_LARGE(413, "Body too large"),
    ANSWERS_TOO_LARGE(413, "Answers too large"),
    URI_TOO_LONG(414, "Address too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported content type"),
    INVALID_FIELD(422, "Invalid field"),
    INVALID_ANSWER(422, "Invalid answer"),
    INVALID_FLOW(422, "Invalid flow definition"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency-Key reused"),
    SESSION_REQUIRED(422, "Session required"),
    INTERNAL(500, "Internal error"),
    BUSY(503, "Server busy"),
    DATABASE_UNAVAILABLE(503, "Database unavailable"),
    OUTCOME_UNKNOWN(503, "Outcome unknown"),
    READ_CANCELLED(503, "Read cancelled"),
    FLOW_NOT_LOADED(503, "Flow not loaded"),
    KEYS_UNAVAILABLE(503, "Keys of the identity provider unavailable"),
    DATABASE_FULL(507, "Database full");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether retrying the same request can succeed. */
    public boolean passes() {
        return this == CHANGED_MEANWHILE || this == REQUEST_RUNNING;
    }

    /** The code in a problem document. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
