package dev.onward.server.storage;

import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.Optional;
import javax.sql.DataSource;

/** Where connections to the database come from. */
sealed interface ConnectionSource extends AutoCloseable permits SqliteFile, PostgresPool {
    DataSource connections();

    /** The state of the pool, where there is one. */
    Optional<HikariPoolMXBean> pool();

    /** Whether connections lead through a pooler that may be in transaction mode. */
    boolean pooled();

    /** Makes sure that the next work runs on a new connection, where connections are pooled. */
    void renew();

    @Override
    void close();
}
