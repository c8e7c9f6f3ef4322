package dev.onward.server.http.connection;

import java.util.Optional;

/** The client of the request that the current thread answers. */
public final class RequestClient {
    private static final ScopedValue<Transfer> TRANSFER = ScopedValue.newInstance();

    private final Optional<Transfer> transfer;

    private RequestClient(Optional<Transfer> transfer) {
        this.transfer = transfer;
    }

    /** @throws E what the task throws */
    static <E extends Exception> void during(Transfer transfer, Task<E> task) throws E {
        ScopedValue.where(TRANSFER, transfer).<Void, E>call(() -> {
            task.run();
            return null;
        });
    }

    /** What is done for the client. */
    @FunctionalInterface
    interface Task<E extends Exception> {
        void run() throws E;
    }

    public static RequestClient current() {
        return new RequestClient(TRANSFER.isBound() ? Optional.of(TRANSFER.get()) : Optional.empty());
    }

    /** Whether it has closed the connection. Another thread may ask, as long as the request is being answered. */
    public boolean gone() {
        return transfer.map(Transfer::closedByClient).orElse(false);
    }
}
