package dev.onward.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A problem document (RFC 9457).
 *
 * @param detail what happened and what to do next
 * @param field which field broke its rule
 * @param session the session that stands against what was asked
 */
record Problem(ProblemCode code, int status, String detail, Optional<String> field, Optional<StatusView> session) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail) {
        return new Problem(code, code.status(), detail, Optional.empty(), Optional.empty());
    }

    Problem about(String name) {
        return new Problem(code, status, detail, Optional.of(name), session);
    }

    Problem beside(StatusView standing) {
        return new Problem(code, status, detail, field, Optional.of(standing));
    }

    Problem withStatus(int other) {
        return new Problem(code, other, detail, field, session);
    }

    byte[] json(String requestId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:onward:problem:" + code.code());
        document.put("title", code.title());
        document.put("status", status);
        document.put("detail", detail);
        document.put("code", code.code());
        document.put("request_id", requestId);
        field.ifPresent(name -> {
            document.put("field", name);
            document.put("errors", List.of(Map.of("field", name, "detail", detail)));
        });
        session.ifPresent(standing -> document.put("session", standing));
        return Json.write(document);
    }

    /** The headers that go with it. */
    Map<String, String> headers() {
        return switch (status) {
            // What follows cannot be told from what was meant.
            case 400 -> code == ProblemCode.BAD_REQUEST ? Map.of("Connection", "close") : Map.of();
            case 401 -> Map.of("WWW-Authenticate", "Bearer");
            case 503 -> Map.of("Retry-After", "2");
            default -> Map.of();
        };
    }
}
