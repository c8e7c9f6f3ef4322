package dev.onward.server.storage;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** Borrows connections as calls do, but waits longer: a loaded machine may take seconds to connect. */
final class PoolConnections {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private PoolConnections() {}

    static Connection borrow(Storage storage) {
        return await().atMost(TIMEOUT)
                .ignoreExceptionsInstanceOf(SQLTransientConnectionException.class)
                .until(storage.connections()::getConnection, connection -> true);
    }
}
