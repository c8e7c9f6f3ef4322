package dev.onward.jdbc;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.flow.FlowCatalog;
import dev.onward.retention.RetentionStore;
import dev.onward.session.SessionStore;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Onward's database: SQLite or PostgreSQL, whichever the data source leads to. Thread-safe.
 *
 * <p>The caller owns the data source and closes it after this. On SQLite this holds connections and threads of its own.
 */
public final class Database implements AutoCloseable {

    /**
     * Connects and finds out which database it is.
     *
     * @throws DatabaseException where it cannot be reached, or is neither of the two
     */
    public static Database open(DataSource dataSource) {
        throw new UnsupportedOperationException();
    }

    /** Product and version, for people: {@code PostgreSQL 18.1}. */
    public String product() {
        throw new UnsupportedOperationException();
    }

    public Migrations migrations() {
        throw new UnsupportedOperationException();
    }

    public SessionStore sessions() {
        throw new UnsupportedOperationException();
    }

    public RetentionStore retention() {
        throw new UnsupportedOperationException();
    }

    public AnalyticsStore analytics() {
        throw new UnsupportedOperationException();
    }

    /** Writes down what the database has to know of the flows (their own retention, whether they are onboarding). */
    public void register(FlowCatalog flows) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes in what other software wrote to the sessions: gives it its events and profiles, in bounded batches.
     *
     * @return how many sessions were taken in
     */
    public int takeIn() {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks the database for a sign of life.
     *
     * @return false where none came in time
     */
    public boolean answers(Duration within) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
