package dev.onward.web.route;

import dev.onward.web.access.Permission;
import dev.onward.web.http.Response;
import dev.onward.web.request.RoutedRequest;

/**
 * A row of the route table.
 *
 * @param pattern the path; see {@link RoutePattern}
 * @param inputs the query parameters and fields that the handler reads
 */
public record Route(Verb verb, String pattern, Permission permission, AllowedInputs inputs, Handler handler) {

    /** The kind of operation. */
    public enum Verb {
        /** Reads; includes HEAD. */
        GET("GET, HEAD"),
        /** Changes. */
        POST("POST"),
        /** Publishes a definition. */
        PUT("PUT");

        private final String methods;

        Verb(String methods) {
            this.methods = methods;
        }

        /** The methods, in the format of {@code Allow}. */
        String methods() {
            return methods;
        }

        boolean answers(String method) {
            return switch (this) {
                case GET -> method.equals("GET") || method.equals("HEAD");
                case POST, PUT -> method.equals(name());
            };
        }
    }

    /** Handles a request. */
    @FunctionalInterface
    public interface Handler {
        Response answer(RoutedRequest request);
    }

    public static Route get(String pattern, Permission permission, AllowedInputs inputs, Handler handler) {
        return new Route(Verb.GET, pattern, permission, inputs, handler);
    }

    public static Route post(String pattern, Permission permission, AllowedInputs inputs, Handler handler) {
        return new Route(Verb.POST, pattern, permission, inputs, handler);
    }

    /** A page, or a file that a page loads. */
    public static Route page(String pattern, Handler handler) {
        return new Route(Verb.GET, pattern, Permission.ANYONE, AllowedInputs.ignored(), handler);
    }

    public static Route put(String pattern, Permission permission, AllowedInputs inputs, Handler handler) {
        return new Route(Verb.PUT, pattern, permission, inputs, handler);
    }
}
