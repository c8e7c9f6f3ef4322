package dev.onward.server.http.connection;

/** The request bodies that are being received use all the memory that is set aside for them. */
public final class BodyBudgetExceeded extends RuntimeException {
    BodyBudgetExceeded() {
        super("Request bodies use all the memory reserved for them");
    }
}
