package dev.onward.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Evicts connections to a server that rejects writes. After a failover, or while an address leads to a hot standby for
 * a moment, such connections would otherwise stay in the pool until they age out. Thread-safe.
 */
final class ReadOnlyEviction implements SQLExceptionOverride {
    private static final String READ_ONLY_TRANSACTION = "25006";

    /** How often to evict all other connections too, because they most likely lead to the same server. */
    private static final Duration EVICT_ALL_INTERVAL = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final AtomicLong nextEvictAll = new AtomicLong(System.nanoTime());

    ReadOnlyEviction(HikariDataSource pool) {
        this.pool = pool;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        if (!READ_ONLY_TRANSACTION.equals(failure.getSQLState())) {
            return Override.CONTINUE_EVICT;
        }
        long next = nextEvictAll.get();
        long now = System.nanoTime();
        if (now - next >= 0 && nextEvictAll.compareAndSet(next, now + EVICT_ALL_INTERVAL.toNanos())) {
            Optional.ofNullable(pool.getHikariPoolMXBean()).ifPresent(HikariPoolMXBean::softEvictConnections);
        }
        return Override.MUST_EVICT;
    }
}
