package dev.onward.server.http.connection;

/** The request bodies in transfer use all the memory that is reserved for them. */
public final class BodyBudgetExceeded extends RuntimeException {
    BodyBudgetExceeded() {
        super("Request bodies use all the memory reserved for them");
    }
}
