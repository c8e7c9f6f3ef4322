package dev.onward.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param detail what happened and what to do next
 * @param more what belongs to problems of its kind: the field, the errors, the session
 */
record Problem(ProblemCode code, int status, String detail, Map<String, Object> more) {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final String SESSION = "session";

    static Problem of(ProblemCode code, String detail) {
        return new Problem(code, code.status(), detail, Map.of());
    }

    /** It is about how a session stands. */
    Problem showing(SessionResponse session) {
        return with(SESSION, session);
    }

    /** A field broke its rule. */
    Problem about(String field) {
        return with("field", field).with("errors", List.of(Map.of("field", field, "detail", detail)));
    }

    Problem with(String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(code, status, detail, members);
    }

    Problem withStatus(int other) {
        return new Problem(code, other, detail, more);
    }

    byte[] json(String requestId) {
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

    /** The headers that go with it. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(ofStatus());
        if (more.get(SESSION) instanceof SessionResponse shown) {
            headers.put("ETag", IfMatch.tag(shown.revision()));
        }
        return headers;
    }

    private Map<String, String> ofStatus() {
        return switch (status) {
            // What follows cannot be told from what was meant.
            case 400 -> code == ProblemCode.BAD_REQUEST ? Map.of("Connection", "close") : Map.of();
            case 401 -> Map.of("WWW-Authenticate", "Bearer");
            case 409 -> code.passes() ? Map.of("Retry-After", "2") : Map.of();
            case 503 -> Map.of("Retry-After", "2");
            default -> Map.of();
        };
    }
}
