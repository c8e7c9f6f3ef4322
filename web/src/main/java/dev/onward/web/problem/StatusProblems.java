package dev.onward.web.problem;

/** The details for requests that the HTTP library rejects before routing. */
public final class StatusProblems {
    private StatusProblems() {}

    /** @param status the status that the library chose */
    public static Problem of(int status) {
        return switch (status) {
            case 404 -> ApiException.unknownPath().problem();
            case 413 -> Problem.of(ProblemCode.TOO_LARGE, "The body is larger than 64 KiB. Send a smaller one.");
            case 414 -> Problem.of(ProblemCode.URI_TOO_LONG, "The address is too long. Shorten it.");
            case 501, 505 ->
                badRequest(
                                "This server speaks HTTP/1.0 and HTTP/1.1, and accepts bodies with Content-Length or in chunks.")
                        .withStatus(status);
            case 503 -> ApiException.busy().problem();
            default ->
                status >= 500
                        ? internal().withStatus(status)
                        : badRequest("The request is malformed. Fix it and send it again.")
                                .withStatus(status);
        };
    }

    private static Problem badRequest(String detail) {
        return Problem.of(ProblemCode.BAD_REQUEST, detail);
    }

    static Problem internal() {
        return Problem.of(
                ProblemCode.INTERNAL,
                "An internal error occurred. Give the operator the request_id: the log has the cause.");
    }
}
