package dev.onward.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.function.BooleanSupplier;

/**
 * Closes the connection after a response with {@code Connection: close}, and adds that header to every response while
 * the server stops. Helidon alone would send the header and read on, and parse the rest of a rejected body as the next
 * request.
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
