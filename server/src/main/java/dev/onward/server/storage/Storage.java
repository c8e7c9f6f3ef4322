package dev.onward.server.storage;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** An open database with its connections and its lock. The caller closes it. */
public final class Storage implements AutoCloseable {
    private final Optional<ServingLock> lock;
    private final ConnectionSource source;
    private final Database database;

    private Storage(Optional<ServingLock> lock, ConnectionSource source, Database database) {
        this.lock = lock;
        this.source = source;
        this.database = database;
    }

    /**
     * Opens the database for a server: many connections with short timeouts. Locks out other servers on SQLite.
     *
     * @throws StorageException if the database cannot be used, or another server serves the same SQLite file
     */
    public static Storage forServing(DatabaseAccess access, BatchSettings batching) {
        return forServing(access, batching, WriteLimits.forServing());
    }

    /** Opens the database for a server with other limits on PostgreSQL. */
    public static Storage forServing(DatabaseAccess access, BatchSettings batching, WriteLimits limits) {
        Optional<ServingLock> lock = ServingLock.take(access.url());
        try {
            ConnectionSource source = switch (access.url()) {
                case DatabaseUrl.Sqlite sqlite -> SqliteFile.prepare(sqlite.file());
                case DatabaseUrl.Postgres postgres -> PostgresPool.forServing(postgres, access, limits);
            };
            return open(lock, source, batching, limits);
        } catch (RuntimeException e) {
            lock.ifPresent(ServingLock::close);
            throw e;
        }
    }

    /**
     * Opens the database for one piece of work without a time limit.
     *
     * @throws StorageException if the database cannot be used
     */
    public static Storage forWork(DatabaseAccess access) {
        ConnectionSource source = switch (access.url()) {
            case DatabaseUrl.Sqlite sqlite -> SqliteFile.prepare(sqlite.file());
            case DatabaseUrl.Postgres postgres -> PostgresPool.forWork(postgres, access);
        };
        return open(Optional.empty(), source, BatchSettings.defaults(), WriteLimits.forWork());
    }

    private static Storage open(
            Optional<ServingLock> lock, ConnectionSource source, BatchSettings batching, WriteLimits limits) {
        try {
            List<Path> lockFiles = lock.map(ServingLock::file).stream().toList();
            return new Storage(lock, source, Database.open(source.connections(), batching, lockFiles, limits));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    public Database database() {
        return database;
    }

    /** The source of connections. */
    DataSource connections() {
        return source.connections();
    }

    /** The state of the connection pool, if there is one. */
    public Optional<HikariPoolMXBean> pool() {
        return source.pool();
    }

    /**
     * Whether connections go through a pooler that may be in transaction mode. Then migrations are not safe, because
     * session locks have no effect.
     */
    public boolean pooled() {
        return source.pooled();
    }

    /**
     * Checks the database. An address may have moved away from a read-only server, so a new connection is tried before
     * the result is {@link Database.Health#READ_ONLY}.
     */
    public Database.Health health(Duration within) {
        Database.Health health = database.health(within);
        if (health != Database.Health.READ_ONLY) {
            return health;
        }
        source.renew();
        return database.health(within);
    }

    @Override
    public void close() {
        database.close();
        source.close();
        lock.ifPresent(ServingLock::close);
    }
}
