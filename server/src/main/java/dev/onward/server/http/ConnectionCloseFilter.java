package dev.onward.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.function.BooleanSupplier;

/**
 * Ends the connection where the answer says so, and has all answers say so while the server stops. Left alone, Helidon says it and reads on: what remains of a refused body
 * would be taken for the next request.
 */
final class ConnectionCloseFilter implements Filter {
    private final BooleanSupplier draining;

    /** @param draining whether the server is about to stop */
    ConnectionCloseFilter(BooleanSupplier draining) {
        this.draining = draining;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.beforeSend(() -> {
            if (draining.getAsBoolean()) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
        });
        chain.proceed();
        if (response.isSent() && response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the answer said so");
        }
    }
}
