package dev.onward.server.http;

import dev.onward.transition.Session;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.SetCookie;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a handler answers. */
final class Response {
    private static final byte[] NOTHING = {};
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private final int status;
    private final List<Header> headers;
    private final Optional<ResponseCookie> cookie;
    private final byte[] body;

    private Response(int status, List<Header> headers, Optional<ResponseCookie> cookie, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.cookie = cookie;
        this.body = body;
    }

    /** There is nothing to answer, and that is no error. */
    static Response none() {
        return new Response(204, List.of(), Optional.empty(), NOTHING);
    }

    static Response json(Object view) {
        return json(200, view);
    }

    static Response json(int status, Object view) {
        return new Response(status, List.of(JSON), Optional.empty(), WireJson.write(view));
    }

    static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(header("Content-Type", contentType)), Optional.empty(), body);
    }

    static Response of(Problem problem, String requestId) {
        Response answer = of(problem.status(), Problem.CONTENT_TYPE, problem.json(requestId));
        return problem.headers().entrySet().stream()
                .reduce(answer, (sum, header) -> sum.with(header.getKey(), header.getValue()), (one, other) -> other);
    }

    Response with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header(name, value));
        return new Response(status, more, cookie, body);
    }

    /** Says at which revision the session stands that is shown. */
    Response at(Session session) {
        return with("ETag", IfMatch.tag(session.revision()));
    }

    /** Names a session to the browser of whoever asked. */
    Response with(Optional<ResponseCookie> set) {
        return new Response(status, headers, set, body);
    }

    Optional<ResponseCookie> cookie() {
        return cookie;
    }

    /** As text, of which {@link #restored} makes the same answer; no secret is in it. */
    String stored() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("status", status);
        Map<String, String> texts = new LinkedHashMap<>();
        headers.forEach(header -> texts.put(header.name(), header.get()));
        parts.put("headers", texts);
        cookie.ifPresent(set -> parts.put("cookie", text(set)));
        parts.put("body", new String(body, StandardCharsets.UTF_8));
        return new String(WireJson.write(parts), StandardCharsets.UTF_8);
    }

    static Response restored(String text) {
        JsonNode parts = WireJson.read(text);
        List<Header> headers = parts.get("headers").properties().stream()
                .map(entry -> header(entry.getKey(), entry.getValue().stringValue()))
                .toList();
        return new Response(
                parts.get("status").intValue(),
                headers,
                Optional.ofNullable(parts.get("cookie")).flatMap(set -> cookie(set.stringValue())),
                parts.get("body").stringValue().getBytes(StandardCharsets.UTF_8));
    }

    /** As a header, which nodes of versions before send as it is. */
    private static String text(ResponseCookie cookie) {
        return SetCookie.builder(RequestCookie.plainName(cookie.flow()), cookie.id())
                .httpOnly(true)
                .sameSite(SetCookie.SameSite.LAX)
                .path("/")
                .maxAge(cookie.age())
                .build()
                .text();
    }

    private static Optional<ResponseCookie> cookie(String text) {
        SetCookie set = SetCookie.parse(text);
        Duration age = set.maxAge().orElse(SessionCookies.LONGEST);
        return RequestCookie.flowOf(set.name())
                .map(flow -> new ResponseCookie(flow, set.value(), age, Optional.empty()));
    }

    /** Checked here, once: the server checks none of them again. */
    private static Header header(String name, String value) {
        Header header = HeaderValues.create(name, value);
        header.validate();
        return header;
    }

    /** Sends it; to HEAD, everything but the body. */
    void send(ServerRequest request, ServerResponse response) {
        response.status(Status.create(status));
        headers.forEach(response::header);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.contentLength(body.length);
            response.send(NOTHING);
        } else {
            response.send(body);
        }
    }
}
