package dev.onward.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A request, as handlers read it. */
final class Request {
    private static final String SCHEME = "Bearer ";

    private final ServerRequest request;
    private Optional<RequestBody> body = Optional.empty();
    private Optional<FlowDefinitionBody> definition = Optional.empty();

    Request(ServerRequest request) {
        this.request = request;
    }

    QueryParameters query() {
        return new QueryParameters(request.query());
    }

    /**
     * The body, read when it is first asked for.
     *
     * @throws ApiException where it breaks the rules of {@link RequestBody}
     */
    RequestBody body() {
        RequestBody read = body.orElseGet(() -> RequestBody.of(request));
        body = Optional.of(read);
        return read;
    }

    /**
     * The flow definition that it carries, read when it is first asked for.
     *
     * @throws ApiException where it breaks the rules of {@link FlowDefinitionBody}
     */
    FlowDefinitionBody definition() {
        FlowDefinitionBody read = definition.orElseGet(() -> FlowDefinitionBody.of(request));
        definition = Optional.of(read);
        return read;
    }

    /** The pattern of the route that it matched. */
    String route() {
        return request.prologue().method().text() + " " + Exchange.of(request).route();
    }

    String path() {
        return request.path().rawPath();
    }

    String rawQuery() {
        return request.query().rawValue();
    }

    /** A parameter of the path. */
    String parameter(String name) {
        return request.path().pathParameters().get(name);
    }

    /** All values of a header, one a line. */
    List<String> header(String name) {
        HeaderName asked = HeaderNames.create(name);
        return request.headers().contains(asked) ? request.headers().values(asked) : List.of();
    }

    /** Whether it came over a TLS connection that ends in this server. */
    boolean overTls() {
        return request.isSecure();
    }

    /** The other end of its connection: the client, or the proxy nearest to this server. */
    Optional<InetAddress> peer() {
        return request.remotePeer().address() instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }

    boolean hasCookies() {
        return request.headers().contains(HeaderNames.COOKIE);
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
