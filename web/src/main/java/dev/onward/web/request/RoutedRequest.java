package dev.onward.web.request;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request with its route, as handlers read it. */
public final class RoutedRequest implements Request {
    private final Request request;
    private final String pattern;
    private final Map<String, String> parameters;
    private final QueryParameters query;
    private Optional<RequestBody> body = Optional.empty();
    private Optional<FlowDefinitionBody> definition = Optional.empty();

    /**
     * @param pattern the route's path
     * @param parameters the decoded values of the pattern's parameters
     */
    public RoutedRequest(Request request, String pattern, Map<String, String> parameters) {
        this.request = request;
        this.pattern = pattern;
        this.parameters = Map.copyOf(parameters);
        this.query = QueryParameters.parse(request.rawQuery());
    }

    public QueryParameters query() {
        return query;
    }

    /**
     * The body, read when it is first asked for.
     *
     * @throws ApiException if it breaks the rules of {@link RequestBody}
     */
    public RequestBody body() {
        RequestBody read = body.orElseGet(() -> RequestBody.of(request));
        body = Optional.of(read);
        return read;
    }

    /**
     * The flow definition in the body, read when it is first asked for.
     *
     * @throws ApiException if it breaks the rules of {@link FlowDefinitionBody}
     */
    public FlowDefinitionBody definition() {
        FlowDefinitionBody read = definition.orElseGet(() -> FlowDefinitionBody.of(request));
        definition = Optional.of(read);
        return read;
    }

    /** The method and the pattern of the route. */
    public String route() {
        return method() + " " + pattern;
    }

    /** The path of the route. */
    public String pattern() {
        return pattern;
    }

    /** A parameter of the path. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route " + pattern + " has no parameter " + name);
        }
        return value;
    }

    @Override
    public String id() {
        return request.id();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String rawPath() {
        return request.rawPath();
    }

    @Override
    public String rawQuery() {
        return request.rawQuery();
    }

    @Override
    public List<String> header(String name) {
        return request.header(name);
    }

    @Override
    public Optional<InetAddress> peer() {
        return request.peer();
    }

    @Override
    public boolean secure() {
        return request.secure();
    }

    @Override
    public byte[] readBody(int limit) {
        return request.readBody(limit);
    }

    @Override
    public boolean clientGone() {
        return request.clientGone();
    }
}
