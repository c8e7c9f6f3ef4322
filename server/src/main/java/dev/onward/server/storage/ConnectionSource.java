package dev.onward.server.storage;

import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.Optional;
import javax.sql.DataSource;

/** Opens connections to the database. */
sealed interface ConnectionSource extends AutoCloseable permits SqliteFile, PostgresPool {
    DataSource connections();

    /** The state of the pool, if there is one. */
    Optional<HikariPoolMXBean> pool();

    /** Whether connections go through a pooler that may be in transaction mode. */
    boolean pooled();

    /** Evicts pooled connections, so that the next work runs on a new one. */
    void renew();

    @Override
    void close();
}
