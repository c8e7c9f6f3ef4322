package dev.onward.server.http;

import dev.onward.session.Session;
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
final class Answer {
    private static final byte[] NOTHING = {};
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private final int status;
    private final List<Header> headers;
    private final Optional<SessionCookie> cookie;
    private final byte[] body;

    private Answer(int status, List<Header> headers, Optional<SessionCookie> cookie, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.cookie = cookie;
        this.body = body;
    }

    /** There is nothing to answer, and that is no error. */
    static Answer none() {
        return new Answer(204, List.of(), Optional.empty(), NOTHING);
    }

    static Answer json(Object view) {
        return json(200, view);
    }

    static Answer json(int status, Object view) {
        return new Answer(status, List.of(JSON), Optional.empty(), Json.write(view));
    }

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, List.of(header("Content-Type", contentType)), Optional.empty(), body);
    }

    static Answer of(Problem problem, String requestId) {
        Answer answer = of(problem.status(), Problem.CONTENT_TYPE, problem.json(requestId));
        return problem.headers().entrySet().stream()
                .reduce(answer, (sum, header) -> sum.with(header.getKey(), header.getValue()), (one, other) -> other);
    }

    Answer with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header(name, value));
        return new Answer(status, more, cookie, body);
    }

    /** Says at which revision the session stands that is shown. */
    Answer at(Session session) {
        return with("ETag", IfMatch.tag(session.revision()));
    }

    /** Names a session to the browser of whoever asked. */
    Answer with(Optional<SessionCookie> set) {
        return new Answer(status, headers, set, body);
    }

    Optional<SessionCookie> cookie() {
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
        return new String(Json.write(parts), StandardCharsets.UTF_8);
    }

    static Answer restored(String text) {
        JsonNode parts = Json.read(text);
        List<Header> headers = parts.get("headers").properties().stream()
                .map(entry -> header(entry.getKey(), entry.getValue().stringValue()))
                .toList();
        return new Answer(
                parts.get("status").intValue(),
                headers,
                Optional.ofNullable(parts.get("cookie")).flatMap(set -> cookie(set.stringValue())),
                parts.get("body").stringValue().getBytes(StandardCharsets.UTF_8));
    }

    /** As a header, which nodes of versions before send as it is. */
    private static String text(SessionCookie cookie) {
        return SetCookie.builder(SentCookie.plainName(cookie.flow()), cookie.id())
                .httpOnly(true)
                .sameSite(SetCookie.SameSite.LAX)
                .path("/")
                .maxAge(cookie.age())
                .build()
                .text();
    }

    private static Optional<SessionCookie> cookie(String text) {
        SetCookie set = SetCookie.parse(text);
        Duration age = set.maxAge().orElse(SessionCookies.LONGEST);
        return SentCookie.flowOf(set.name()).map(flow -> new SessionCookie(flow, set.value(), age, Optional.empty()));
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
