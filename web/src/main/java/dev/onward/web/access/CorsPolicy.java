package dev.onward.web.access;

import dev.onward.web.http.Request;
import dev.onward.web.http.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The other origins whose pages may call the API (CORS).
 *
 * @param origins each as a browser sends it in {@code Origin}
 * @param credentials whether their requests may use cookies
 */
public record CorsPolicy(Set<String> origins, boolean credentials) {
    /** The valid values of origins, to complete the sentence "It must …". */
    public static final String RULE =
            "be comma-separated origins without a path, such as https://app.example.com,http://localhost:3000";

    /** No other origin. */
    public static final CorsPolicy NONE = new CorsPolicy(Set.of(), false);

    private static final String METHODS = "GET, HEAD, POST, PUT";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Onboarding-Session";
    private static final String RESPONSE_HEADERS =
            "ETag, Idempotency-Replayed, Onward-Warning, Retry-After, WWW-Authenticate, X-Request-Id";
    private static final String PREFLIGHT_SECONDS = "600";

    public CorsPolicy {
        origins = Set.copyOf(origins);
    }

    /** @throws IllegalArgumentException if the text does not match {@link #RULE} */
    public static Set<String> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(origin -> origin(origin.strip()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String origin(String text) {
        URI uri = URI.create(text);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || !text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                || uri.getUserInfo() != null
                || !text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("origin");
        }
        return text;
    }

    /** Whether the request comes from a page of one of these origins. */
    public boolean allows(Request request) {
        return request.firstHeader("Origin").filter(origins::contains).isPresent();
    }

    /** The response to a browser that asks whether it may send a request; empty for other requests. */
    public Optional<Response> preflight(Request request) {
        boolean asks = request.method().equals("OPTIONS")
                && request.firstHeader("Access-Control-Request-Method").isPresent();
        return asks && allows(request)
                ? Optional.of(Response.noContent()
                        .with("Access-Control-Allow-Methods", METHODS)
                        .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
                        .with("Access-Control-Max-Age", PREFLIGHT_SECONDS))
                : Optional.empty();
    }

    /** Lets the page that sent the request read the response. */
    public Response readable(Request request, Response response) {
        if (origins.isEmpty()) {
            return response;
        }
        Response varied = response.with("Vary", "Origin");
        if (!allows(request)) {
            return varied;
        }
        Response readable = varied.with(
                        "Access-Control-Allow-Origin",
                        request.firstHeader("Origin").orElseThrow())
                .with("Access-Control-Expose-Headers", RESPONSE_HEADERS);
        return credentials ? readable.with("Access-Control-Allow-Credentials", "true") : readable;
    }
}
