package dev.onward.web.session;

import dev.onward.web.http.Response;
import dev.onward.web.http.ResponseHeader;
import dev.onward.web.http.SessionCookie;
import dev.onward.web.http.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A response as text for an idempotency record. It contains no secret. */
final class StoredResponse {
    private StoredResponse() {}

    private record StoredCookie(String flow, String id, long age) {}

    static String write(Response response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().forEach(header -> headers.put(header.name(), header.value()));
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("status", response.status());
        parts.put("headers", headers);
        response.cookie()
                .ifPresent(set -> parts.put(
                        "cookie",
                        new StoredCookie(set.flow(), set.id(), set.age().toSeconds())));
        parts.put("body", new String(response.body(), StandardCharsets.UTF_8));
        return new String(WireJson.write(parts), StandardCharsets.UTF_8);
    }

    static Response read(String text) {
        JsonNode parts = WireJson.read(text);
        List<ResponseHeader> headers = parts.get("headers").properties().stream()
                .map(entry ->
                        new ResponseHeader(entry.getKey(), entry.getValue().stringValue()))
                .toList();
        return Response.of(
                parts.get("status").intValue(),
                headers,
                Optional.ofNullable(parts.get("cookie")).map(StoredResponse::cookie),
                parts.get("body").stringValue().getBytes(StandardCharsets.UTF_8));
    }

    private static SessionCookie cookie(JsonNode stored) {
        return new SessionCookie(
                stored.get("flow").stringValue(),
                stored.get("id").stringValue(),
                Duration.ofSeconds(stored.get("age").longValue()),
                Optional.empty());
    }
}
