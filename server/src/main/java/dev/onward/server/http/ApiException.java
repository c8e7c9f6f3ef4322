package dev.onward.server.http;

/** A call that the HTTP layer does not let through. The message is safe to show: what happened, what to do next. */
final class ApiException extends RuntimeException {
    private final ProblemCode code;

    ApiException(ProblemCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
