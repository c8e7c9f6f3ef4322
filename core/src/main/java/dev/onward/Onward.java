package dev.onward;

import dev.onward.assembly.OnwardServices;
import dev.onward.retention.RetentionHours;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Onward inside an application: durable onboarding sessions in the application's SQLite or PostgreSQL database.
 * Thread-safe. Build one for each database, keep it while the application runs, and close it before the data source:
 *
 * <pre>{@code
 * try (Onward onward = Onward.builder(dataSource).build()) {
 *     SessionView session = onward.sessions().startOrResume("user-1", "genesis").session();
 *     onward.sessions().declare(session.id(), "I want to write every day.");
 *     onward.sessions().complete(session.id());
 * }
 * }</pre>
 *
 * <p>The caller owns the data source and closes it. On PostgreSQL, each running call borrows one connection, and not one
 * that the caller's own transaction holds: give Onward a small pool of its own if callers call it inside their
 * transactions, or use {@link #using}; and let the pool's {@code getConnection} give up after a second, because Onward
 * retries for about four. On SQLite, Onward keeps up to five connections until it is closed.
 *
 * <p>All threads that it starts are daemons whose names begin with {@code onward-}: at most five platform threads for
 * calls that are served together, on SQLite up to five more for the database, one for each listener, and virtual threads
 * for the other {@linkplain OnwardBuilder#backgroundJobs background jobs}. On PostgreSQL a call works on the caller's
 * thread, which may be virtual.
 */
public final class Onward implements AutoCloseable {
    private final OnwardServices services;
    private final Runnable stopJobs;
    private final Sessions sessions;
    private final Flows flows;
    private final Cleanup cleanup;
    private final Analytics analytics;

    Onward(OnwardServices services, RetentionHours retention, Runnable stopJobs) {
        this.services = services;
        this.sessions = new Sessions(services.sessions());
        this.flows = new Flows(services.catalog(), services.database().flows(), services.publisher());
        this.cleanup = new Cleanup(services.cleanup(), retention);
        this.analytics = new Analytics(services.database().analytics());
        this.stopJobs = stopJobs;
    }

    /**
     * Starts to build. Does not block: the data source is not used before {@link OnwardBuilder#build}.
     *
     * @param dataSource leads to SQLite 3.39 or later, or PostgreSQL 15 or later. Its connections must not join
     *     transactions of the caller: pass the target of a transaction-aware proxy. {@link OnwardBuilder#build} refuses
     *     such a proxy; with one that it does not recognise, calls inside a transaction throw an
     *     {@link IllegalStateException} and change nothing. Connections are given back with the settings that they had
     * @return the settings, all at their defaults
     */
    public static OnwardBuilder builder(DataSource dataSource) {
        return new OnwardBuilder(dataSource);
    }

    /** {@return what starts, changes and reads sessions} Does not block. */
    public Sessions sessions() {
        return sessions;
    }

    /** {@return what lists and publishes flows} Does not block. */
    public Flows flows() {
        return flows;
    }

    /** {@return what deletes abandoned sessions} Does not block. */
    public Cleanup cleanup() {
        return cleanup;
    }

    /** {@return what reads how flows perform} Does not block. */
    public Analytics analytics() {
        return analytics;
    }

    /**
     * Sessions inside the caller's own transaction, so that a product completes an onboarding and writes its own rows
     * together, or neither. This method does not block; those of the result do.
     *
     * <pre>{@code
     * connection.setAutoCommit(false);
     * tenants.insert(connection, tenant);
     * onward.using(connection).complete(sessionId);
     * connection.commit();
     * }</pre>
     *
     * <p>Sessions are read and written on this connection alone. Flows are read on a connection of the data source, once a
     * second at most for all callers together: leave it one. The calls may be made by one thread at a time. Events are
     * delivered to listeners within about a second after the commit, and never if the transaction is rolled back.
     *
     * <p>A call that throws leaves the transaction as it was before the call, and usable. Nothing is retried: a row that
     * another transaction holds is waited for as the connection's settings say. On SQLite, begin the transaction with
     * {@code BEGIN IMMEDIATE} (or the driver's transaction mode {@code IMMEDIATE}), since a transaction that has read
     * before another wrote cannot write.
     *
     * @param connection to the same database, not in auto-commit mode. The caller commits, rolls back and closes it
     * @return sessions for the thread that uses the connection, until the connection is closed
     */
    public Sessions using(Connection connection) {
        return new Sessions(services.sessions(services.database().sessions(connection)));
    }

    /**
     * Delivers no further event, finishes calls that are running, and releases threads and connections. Does not close the
     * data source. Blocks: it waits for background jobs and for listeners that are running, for at most ten seconds. A
     * listener that is still running then is interrupted, and its event is delivered again after the next start. Do not
     * use this object afterwards. A second call does nothing.
     */
    @Override
    public void close() {
        stopJobs.run();
        services.database().close();
    }
}
