package dev.onward.server.http.connection;

import java.util.Optional;

/** The client whose request the current thread handles. */
public final class RequestClient {
    private static final ScopedValue<Transfer> TRANSFER = ScopedValue.newInstance();

    private final Optional<Transfer> transfer;

    private RequestClient(Optional<Transfer> transfer) {
        this.transfer = transfer;
    }

    /** @throws E if the task throws it */
    static <E extends Exception> void during(Transfer transfer, Task<E> task) throws E {
        ScopedValue.where(TRANSFER, transfer).<Void, E>call(() -> {
            task.run();
            return null;
        });
    }

    /** A task on behalf of the client. */
    @FunctionalInterface
    interface Task<E extends Exception> {
        void run() throws E;
    }

    public static RequestClient current() {
        return new RequestClient(TRANSFER.isBound() ? Optional.of(TRANSFER.get()) : Optional.empty());
    }

    /** Whether the client has closed the connection. Any thread may ask while the request is being handled. */
    public boolean gone() {
        return transfer.map(Transfer::closedByClient).orElse(false);
    }
}
