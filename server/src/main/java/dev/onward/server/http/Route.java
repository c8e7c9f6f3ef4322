package dev.onward.server.http;

/**
 * One line of the route table.
 *
 * @param pattern the path; a part in braces is a parameter, with a plus it takes slashes too
 * @param inputs what the handler reads beside the path
 */
record Route(Verb verb, String pattern, Permission who, AllowedInputs inputs, Handler handler) {

    /** What is done at an address. */
    enum Verb {
        /** Reads; HEAD goes with it. */
        GET("GET, HEAD"),
        /** Changes. */
        POST("POST"),
        /** Publishes a definition. */
        PUT("PUT");

        private final String methods;

        Verb(String methods) {
            this.methods = methods;
        }

        /** As {@code Allow} lists them. */
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

    /** Reads the call, does what it asks, answers. */
    @FunctionalInterface
    interface Handler {
        Response answer(Request call);
    }

    static Route get(String pattern, Permission who, AllowedInputs inputs, Handler handler) {
        return new Route(Verb.GET, pattern, who, inputs, handler);
    }

    static Route post(String pattern, Permission who, AllowedInputs inputs, Handler handler) {
        return new Route(Verb.POST, pattern, who, inputs, handler);
    }

    /** A page, or what a page loads. */
    static Route page(String pattern, Handler handler) {
        return new Route(Verb.GET, pattern, Permission.ANYONE, AllowedInputs.ignored(), handler);
    }

    static Route put(String pattern, Permission who, AllowedInputs inputs, Handler handler) {
        return new Route(Verb.PUT, pattern, who, inputs, handler);
    }
}
