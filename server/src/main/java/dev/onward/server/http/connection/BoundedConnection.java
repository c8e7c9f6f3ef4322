package dev.onward.server.http.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** One of Helidon's connections, counted until it is closed. */
final class BoundedConnection implements ServerConnection, InterruptableTask<Void> {
    private final BoundedConnections owner;
    private final Transfer transfer;
    private final ServerConnection http;

    /** @param http reads and writes through the transfer */
    BoundedConnection(BoundedConnections owner, Transfer transfer, ServerConnection http) {
        this.owner = owner;
        this.transfer = transfer;
        this.http = http;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (!owner.admit(transfer)) {
            transfer.reject(owner.busyResponse());
            return;
        }
        try {
            RequestClient.during(transfer, () -> http.handle(new RequestBoundaries(limit, transfer)));
        } finally {
            transfer.requestEnded();
            owner.ended(transfer);
        }
    }

    @Override
    public boolean canInterrupt() {
        return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }
}
