package dev.onward.server.storage;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.onward.jdbc.Batching;
import dev.onward.jdbc.Database;
import dev.onward.server.config.DatabaseUrl;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** The database and what it takes to reach it. Whoever opens it closes it. */
public final class Storage implements AutoCloseable {
    private final Source source;
    private final Database database;

    private Storage(Source source, Database database) {
        this.source = source;
        this.database = database;
    }

    /**
     * Opens the database for a server: many connections, none of which waits long.
     *
     * @throws StorageException where the database cannot be used
     */
    public static Storage forServing(DatabaseUrl url, Batching batching) {
        return open(
                switch (url) {
                    case DatabaseUrl.Sqlite sqlite -> SqliteFile.prepare(sqlite.file());
                    case DatabaseUrl.Postgres postgres -> PostgresPool.forServing(postgres);
                },
                batching);
    }

    /**
     * Opens the database for one piece of work, which may take as long as it takes.
     *
     * @throws StorageException where the database cannot be used
     */
    public static Storage forWork(DatabaseUrl url) {
        return open(
                switch (url) {
                    case DatabaseUrl.Sqlite sqlite -> SqliteFile.prepare(sqlite.file());
                    case DatabaseUrl.Postgres postgres -> PostgresPool.forWork(postgres);
                },
                Batching.usual());
    }

    private static Storage open(Source source, Batching batching) {
        try {
            return new Storage(source, Database.open(source.connections(), batching));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    public Database database() {
        return database;
    }

    /** Where connections come from. */
    DataSource connections() {
        return source.connections();
    }

    /** The state of the pool of connections, where there is one. */
    public Optional<HikariPoolMXBean> pool() {
        return source.pool();
    }

    /**
     * Asks the database what it can do. A connection that can only read may be one that an address led to before it
     * moved, so a new one is asked before the answer is {@link Database.Health#READ_ONLY}.
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
    }
}
