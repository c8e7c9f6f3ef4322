package dev.onward.web.route;

import dev.onward.web.access.Authorizer;
import dev.onward.web.http.Request;
import dev.onward.web.http.Response;
import dev.onward.web.http.SetCookie;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ExceptionHandler;
import dev.onward.web.problem.Problem;
import dev.onward.web.problem.ProblemCode;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.route.AllowedInputs.NearMiss;
import dev.onward.web.session.SessionCookies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, checks permission and inputs, and calls the handler. */
public final class Router {
    /** The response header that lists ignored inputs, with the known names that they resemble. */
    private static final String WARNING = "Onward-Warning";

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final List<Address> addresses;
    private final Authorizer authorizer;
    private final ConcurrencyLimit limit;
    private final SessionCookies cookies;
    private final ExceptionHandler exceptions;

    /** All routes with the same path. */
    private record Address(String pattern, RoutePattern path, List<Route> routes) {
        /** The methods, in the format of {@code Allow}. */
        String methods() {
            return routes.stream().map(route -> route.verb().methods()).collect(Collectors.joining(", "));
        }
    }

    private record Match(Address address, Map<String, String> parameters) {}

    public Router(
            List<Route> routes,
            Authorizer authorizer,
            ConcurrencyLimit limit,
            SessionCookies cookies,
            ExceptionHandler exceptions) {
        this.addresses = routes.stream()
                .collect(Collectors.groupingBy(Route::pattern, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Address(entry.getKey(), RoutePattern.of(entry.getKey()), entry.getValue()))
                .toList();
        this.authorizer = authorizer;
        this.limit = limit;
        this.cookies = cookies;
        this.exceptions = exceptions;
    }

    /** @throws ApiException if no route has the address */
    public Response answer(Request request) {
        Match match = match(RoutePath.of(request.rawPath())).orElseThrow(ApiException::unknownPath);
        Address address = match.address();
        Response response = address.routes().stream()
                .filter(route -> route.verb().answers(request.method()))
                .findFirst()
                .map(route -> answer(route, new RoutedRequest(request, route.pattern(), match.parameters())))
                .orElseGet(() -> methodNotAllowed(address, request));
        return response.forRoute(address.pattern());
    }

    private Optional<Match> match(RoutePath path) {
        return addresses.stream()
                .flatMap(address -> address.path().match(path).map(found -> new Match(address, found)).stream())
                .findFirst();
    }

    private static Response methodNotAllowed(Address address, Request request) {
        String detail = "This address does not support this method. Use " + address.methods() + ".";
        return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, detail)
                .response(request.id())
                .with("Allow", address.methods());
    }

    private Response answer(Route route, RoutedRequest request) {
        return exceptions.answer(request, () -> {
            authorizer.require(route.permission(), request);
            readBody(route, request);
            List<NearMiss> nearMisses = route.inputs().check(request);
            Response response = exceptions.answer(request, () -> handled(route, request));
            return nearMisses.isEmpty() ? response : warned(response, nearMisses, request);
        });
    }

    /** Reads the body before the request counts against the limit, so that a slow sender does not block others. */
    private static void readBody(Route route, RoutedRequest request) {
        switch (route.verb()) {
            case GET -> {}
            case POST -> request.body();
            case PUT -> request.definition();
        }
    }

    private Response handled(Route route, RoutedRequest request) {
        Response response = limit.answer(route, request);
        return response.cookie()
                .map(cookie -> cookies.toSet(request, cookie))
                .map(set -> response.with(set.stream().map(SetCookie::header).toList()))
                .orElse(response);
    }

    /** Errors get the warning too, because the ignored input may be their cause. */
    private static Response warned(Response response, List<NearMiss> nearMisses, RoutedRequest request) {
        for (NearMiss nearMiss : nearMisses) {
            LOG.atWarn()
                    .addKeyValue("sent", nearMiss.sent())
                    .addKeyValue("meant", nearMiss.suggestion())
                    .addKeyValue("route", request.pattern())
                    .addKeyValue("request_id", request.id())
                    .log("Unknown input was ignored");
        }
        return response.with(WARNING, nearMisses.stream().map(NearMiss::warning).collect(Collectors.joining(" ")));
    }
}
