package dev.onward.server.config;

import java.time.Duration;

/**
 * How to reach the database.
 *
 * @param pooler whether a connection pooler may stand before PostgreSQL
 * @param firstWait how long to try until the first connection to PostgreSQL stands; zero for one attempt
 */
public record DatabaseAccess(DatabaseUrl url, Pooler pooler, Duration firstWait) {

    /** The same with one attempt only. */
    public DatabaseAccess once() {
        return new DatabaseAccess(url, pooler, Duration.ZERO);
    }

    /** Access to a file, where the rest does not matter. */
    public static DatabaseAccess to(DatabaseUrl.Sqlite url) {
        return new DatabaseAccess(url, Pooler.NONE, Duration.ZERO);
    }
}
