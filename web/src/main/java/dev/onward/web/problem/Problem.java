package dev.onward.web.problem;

import dev.onward.web.http.EntityTag;
import dev.onward.web.http.Response;
import dev.onward.web.http.WireJson;
import dev.onward.web.response.SessionResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param detail what happened and what to do next
 * @param more additional members: the field, the errors, the session
 */
public record Problem(ProblemCode code, int status, String detail, Map<String, Object> more) {
    private static final String CONTENT_TYPE = "application/problem+json";

    private static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";
    private static final String SESSION = "session";

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, code.status(), detail, Map.of());
    }

    /** Adds the current session. */
    public Problem showing(SessionResponse session) {
        return with(SESSION, session);
    }

    /** Names the invalid field. */
    public Problem about(String field) {
        return with("field", field).with("errors", List.of(Map.of("field", field, "detail", detail)));
    }

    public Problem with(String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(code, status, detail, members);
    }

    public Problem withStatus(int other) {
        return new Problem(code, other, detail, more);
    }

    /** @param requestId the id of the request in the log */
    public Response response(String requestId) {
        Response response = Response.of(status, CONTENT_TYPE, json(requestId));
        for (Map.Entry<String, String> header : headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    private byte[] json(String requestId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:onward:problem:" + code.code());
        document.put("title", code.title());
        document.put("status", status);
        document.put("detail", detail);
        document.put("code", code.code());
        document.put("request_id", requestId);
        document.putAll(more);
        return WireJson.write(document);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(ofStatus());
        if (more.get(SESSION) instanceof SessionResponse shown) {
            headers.put("ETag", EntityTag.of(shown.revision()));
        }
        return headers;
    }

    /** RFC 6750, section 3. */
    private Map<String, String> unauthorized() {
        return switch (code) {
            case OPERATOR_KEY_REQUIRED -> Map.of("WWW-Authenticate", "Bearer");
            case KEY_UNKNOWN -> Map.of("WWW-Authenticate", INVALID_TOKEN, "Retry-After", "5");
            default -> Map.of("WWW-Authenticate", INVALID_TOKEN);
        };
    }

    private Map<String, String> ofStatus() {
        return switch (status) {
            // The rest of the connection cannot be interpreted.
            case 400 -> code == ProblemCode.BAD_REQUEST ? Map.of("Connection", "close") : Map.of();
            case 401 -> unauthorized();
            case 409 -> code.passes() ? Map.of("Retry-After", "2") : Map.of();
            case 503 -> Map.of("Retry-After", "2");
            default -> Map.of();
        };
    }
}
