package dev.onward.web.http;

import java.util.List;

/** Security headers of every response. Responses are not cached unless their handler says otherwise. */
public final class SecurityHeaders {
    private static final List<ResponseHeader> ALL = List.of(
            new ResponseHeader(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                            + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
            new ResponseHeader("X-Content-Type-Options", "nosniff"),
            new ResponseHeader("Referrer-Policy", "no-referrer"),
            new ResponseHeader("Cross-Origin-Opener-Policy", "same-origin"),
            new ResponseHeader("Cross-Origin-Resource-Policy", "same-origin"),
            new ResponseHeader("Cache-Control", "no-store"));

    private SecurityHeaders() {}

    /** Adds the headers that the response does not set itself. */
    public static Response addTo(Response response) {
        return response.with(
                ALL.stream().filter(header -> !response.has(header.name())).toList());
    }
}
