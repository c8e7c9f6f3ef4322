package dev.onward.web.problem;

import java.util.Optional;

/**
 * A request that the web layer rejects. The detail is safe to show: it says what happened and what to do next. It has
 * no stack trace.
 */
public final class ApiException extends RuntimeException {
    private final ProblemCode code;
    private final String detail;
    private final Optional<String> field;

    public ApiException(ProblemCode code, String detail) {
        this(code, detail, Optional.empty());
    }

    private ApiException(ProblemCode code, String detail, Optional<String> field) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
        this.field = field;
    }

    /**
     * A field, a query parameter, a header or a cookie is invalid.
     *
     * @param field its name in HTTP
     * @param problem the rest of a sentence that begins with the field: what is wrong and what is valid
     */
    public static ApiException invalidField(String field, String problem) {
        return new ApiException(ProblemCode.INVALID_FIELD, field + " " + problem + ".", Optional.of(field));
    }

    /** @param problem the rest of a sentence that begins with {@code session_id} */
    public static ApiException sessionRequired(String problem) {
        return new ApiException(ProblemCode.SESSION_REQUIRED, "session_id " + problem, Optional.of("session_id"));
    }

    /** No route has this address. */
    public static ApiException unknownPath() {
        return new ApiException(
                ProblemCode.NOT_FOUND, "There is nothing at this address. See /openapi.yaml for all addresses.");
    }

    /** The server is overloaded. */
    public static ApiException busy() {
        return new ApiException(ProblemCode.BUSY, "The server is overloaded. Retry in a moment.");
    }

    ProblemCode code() {
        return code;
    }

    Problem problem() {
        Problem problem = Problem.of(code, detail);
        return field.map(problem::about).orElse(problem);
    }
}
