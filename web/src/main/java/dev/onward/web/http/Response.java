package dev.onward.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response: status, headers and body. Immutable. For {@code HEAD}, an adapter sends the headers with the length of
 * the body, and no body.
 */
public final class Response {
    /** The {@link #route} of a request that matched none. */
    public static final String NO_ROUTE = "(none)";

    private static final byte[] NO_BODY = {};

    private final int status;
    private final List<ResponseHeader> headers;
    private final Optional<SessionCookie> cookie;
    private final byte[] body;
    private final String route;

    private Response(
            int status, List<ResponseHeader> headers, Optional<SessionCookie> cookie, byte[] body, String route) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.cookie = cookie;
        this.body = body;
        this.route = route;
    }

    /** 204 without a body. */
    public static Response noContent() {
        return new Response(204, List.of(), Optional.empty(), NO_BODY, NO_ROUTE);
    }

    /** 200 with JSON. */
    public static Response json(Object view) {
        return json(200, view);
    }

    public static Response json(int status, Object view) {
        return of(status, "application/json", WireJson.write(view));
    }

    public static Response of(int status, String contentType, byte[] body) {
        return of(status, List.of(new ResponseHeader("Content-Type", contentType)), Optional.empty(), body);
    }

    public static Response of(int status, List<ResponseHeader> headers, Optional<SessionCookie> cookie, byte[] body) {
        return new Response(status, headers, cookie, body, NO_ROUTE);
    }

    public Response with(String name, String value) {
        return with(new ResponseHeader(name, value));
    }

    public Response with(ResponseHeader header) {
        return with(List.of(header));
    }

    public Response with(List<ResponseHeader> added) {
        List<ResponseHeader> more = new ArrayList<>(headers);
        more.addAll(added);
        return new Response(status, more, cookie, body, route);
    }

    /** Sets the entity tag of a session's revision. */
    public Response atRevision(long revision) {
        return with("ETag", EntityTag.of(revision));
    }

    /** Names a session to the caller's browser. The router turns this into {@code Set-Cookie} headers. */
    public Response with(Optional<SessionCookie> set) {
        return new Response(status, headers, set, body, route);
    }

    public Response forRoute(String pattern) {
        return new Response(status, headers, cookie, body, pattern);
    }

    public int status() {
        return status;
    }

    public List<ResponseHeader> headers() {
        return headers;
    }

    public boolean has(String header) {
        return headers.stream().anyMatch(one -> one.name().equalsIgnoreCase(header));
    }

    public Optional<SessionCookie> cookie() {
        return cookie;
    }

    /** The bytes of the body. The caller must not change them. */
    public byte[] body() {
        return body;
    }

    /** The pattern of the route for logs and metrics, never the path itself, which contains ids. */
    public String route() {
        return route;
    }
}
