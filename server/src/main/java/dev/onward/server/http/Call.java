package dev.onward.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/** A request, as handlers read it. */
final class Call {
    private static final String SCHEME = "Bearer ";

    private final ServerRequest request;

    Call(ServerRequest request) {
        this.request = request;
    }

    Query query() {
        return new Query(request.query());
    }

    /** @throws Refusal where the body breaks the rules of {@link Body} */
    Body body() {
        return Body.of(request);
    }

    /** A parameter of the path. */
    String parameter(String name) {
        return request.path().pathParameters().get(name);
    }

    /** All values of a header, one a line. */
    List<String> header(String name) {
        return request.headers().values(HeaderNames.create(name));
    }

    /** All values of the cookies with this name. */
    List<String> cookie(String name) {
        return request.headers().cookies().all(name, List::of);
    }

    /** The token that the call shows to be let in. */
    Optional<String> bearer() {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
