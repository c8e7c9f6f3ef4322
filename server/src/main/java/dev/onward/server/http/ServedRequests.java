package dev.onward.server.http;

import dev.onward.web.OnwardWeb;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What all connections share.
 *
 * @param web answers the requests
 * @param threads runs each of them
 * @param ending whether the server is about to stop, so that connections end with their current request
 */
record ServedRequests(OnwardWeb web, AccessLog log, Executor threads, BooleanSupplier ending) {
    boolean stopping() {
        return ending.getAsBoolean();
    }
}
