package dev.onward.server.http;

import dev.onward.server.http.AllowedInputs.NearMiss;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.PathMatcher;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays the routes out, and for each of their addresses an answer to every other method: 405, with what is allowed. */
final class RouteTable {
    /** Names inputs that were ignored, and the known ones that they nearly are. */
    static final HeaderName WARNING = HeaderNames.create("Onward-Warning");

    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private final Authorizer gate;
    private final ConcurrencyLimit bound;
    private final SessionCookies cookies;

    RouteTable(Authorizer gate, ConcurrencyLimit bound, SessionCookies cookies) {
        this.gate = gate;
        this.bound = bound;
        this.cookies = cookies;
    }

    void layOut(List<Route> routes, HttpRouting.Builder routing) {
        Map<String, List<Route>> byPattern =
                routes.stream().collect(Collectors.groupingBy(Route::pattern, LinkedHashMap::new, Collectors.toList()));
        byPattern.forEach((pattern, here) -> {
            PathMatcher path = SegmentMatcher.of(pattern);
            here.forEach(route -> layOut(route, path, routing));
            layOutRest(pattern, path, here, routing);
        });
    }

    private void layOut(Route route, PathMatcher path, HttpRouting.Builder routing) {
        routing.route(method -> route.verb().answers(method.text()), path, (request, response) -> {
            Exchange.of(request).matched(route.pattern());
            Request call = new Request(request);
            gate.admit(call, route.who());
            readBody(route, call);
            warn(route.inputs().check(call), request, response);
            Response answer = bound.answer(route, call);
            answer.cookie()
                    .map(cookie -> cookies.toSet(call, cookie))
                    .ifPresent(set -> set.forEach(response.headers()::addCookie));
            answer.send(request, response);
        });
    }

    /** Before anything is taken that others wait for: a body may come as slowly as its sender likes. */
    private static void readBody(Route route, Request call) {
        switch (route.verb()) {
            case GET -> {}
            case POST -> call.body();
            case PUT -> call.definition();
        }
    }

    /** Also on a refusal, which the near miss may have caused. */
    private static void warn(List<NearMiss> nearMisses, ServerRequest request, ServerResponse response) {
        if (nearMisses.isEmpty()) {
            return;
        }
        response.header(WARNING, nearMisses.stream().map(NearMiss::warning).collect(Collectors.joining(" ")));
        for (NearMiss nearMiss : nearMisses) {
            LOG.atWarn()
                    .addKeyValue("sent", nearMiss.sent())
                    .addKeyValue("meant", nearMiss.meant())
                    .addKeyValue("route", Exchange.of(request).route())
                    .addKeyValue(AccessLog.REQUEST_ID, Exchange.of(request).id())
                    .log("Unknown input was ignored");
        }
    }

    private static void layOutRest(String pattern, PathMatcher path, List<Route> here, HttpRouting.Builder routing) {
        String allowed = here.stream().map(route -> route.verb().methods()).collect(Collectors.joining(", "));
        routing.route(method -> true, path, (request, response) -> {
            Exchange exchange = Exchange.of(request);
            exchange.matched(pattern);
            Problem problem = Problem.of(
                    ProblemCode.METHOD_NOT_ALLOWED, "This address does not support this method. Use " + allowed + ".");
            Response.of(problem, exchange.id()).with("Allow", allowed).send(request, response);
        });
    }
}
