package dev.onward.server.config;

import java.time.Duration;

/**
 * The address of the database and how to connect.
 *
 * @param pooler whether to check for a connection pooler before PostgreSQL
 * @param firstWait how long to retry the first connection to PostgreSQL; zero for one attempt
 */
public record DatabaseAccess(DatabaseUrl url, Pooler pooler, Duration firstWait) {

    /** The same access with a single attempt. */
    public DatabaseAccess once() {
        return new DatabaseAccess(url, pooler, Duration.ZERO);
    }

    /** Access to an SQLite file. */
    public static DatabaseAccess to(DatabaseUrl.Sqlite url) {
        return new DatabaseAccess(url, Pooler.NONE, Duration.ZERO);
    }
}
