package dev.onward;

import dev.onward.assembly.JobSettings;
import dev.onward.assembly.ListenerRegistration;
import dev.onward.assembly.OnwardServices;
import dev.onward.definition.DefinitionMap;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.job.BackgroundJobs;
import dev.onward.model.FlowFormatException;
import dev.onward.model.OnboardingListener;
import dev.onward.retention.RetentionHours;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * for the other {@linkplain Builder#backgroundJobs background jobs}. On PostgreSQL a call works on the caller's thread,
 * which may be virtual.
 *
 * <p>The methods of this class do not block, except {@link #close}. Each class that they return says which of its methods
 * block and which exceptions mean that nothing happened.
 */
public final class Onward implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Onward.class);

    private final OnwardServices services;
    private final Optional<BackgroundJobs> jobs;
    private final Sessions sessions;
    private final Flows flows;
    private final Cleanup cleanup;
    private final Analytics analytics;

    private Onward(Database database, Builder builder) {
        this.services = new OnwardServices(database, builder.clock, unusable -> LOG.error(unusable.getMessage()));
        services.publisher().publishFiles(builder.flows.read());
        this.sessions = new Sessions(services.sessions());
        this.flows = new Flows(services.catalog(), database.flows(), services.publisher());
        this.cleanup = new Cleanup(services.cleanup(), builder.retention);
        this.analytics = new Analytics(database.analytics());
        this.jobs = builder.startJobs(services);
    }

    /**
     * Starts to build.
     *
     * @param dataSource leads to SQLite 3.39 or later, or PostgreSQL 15 or later. Its connections must not join
     *     transactions of the caller: pass the target of a transaction-aware proxy. {@link Builder#build} refuses such a
     *     proxy; of one that it does not recognise, calls inside a transaction throw an {@link IllegalStateException} and
     *     change nothing. Connections are given back with the settings that they had
     * @return the settings, all at their defaults
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** {@return what starts, changes and reads sessions} */
    public Sessions sessions() {
        return sessions;
    }

    /** {@return what lists and publishes flows} */
    public Flows flows() {
        return flows;
    }

    /** {@return what deletes abandoned sessions} */
    public Cleanup cleanup() {
        return cleanup;
    }

    /** {@return what reads how flows perform} */
    public Analytics analytics() {
        return analytics;
    }

    /**
     * Sessions inside the caller's own transaction, so that a product completes an onboarding and writes its own rows
     * together, or neither:
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
        jobs.ifPresent(BackgroundJobs::close);
        services.database().close();
    }

    /**
     * Settings of an {@link Onward}. Not thread-safe. Only {@link #build} blocks and uses the data source; the methods that
     * read class path resources read them at once.
     */
    public static final class Builder {
        private final DataSource dataSource;
        private final FlowSources flows = new FlowSources();
        private MigrationMode migrate = MigrationMode.AUTO;
        private InstantSource clock = InstantSource.system();
        private RetentionHours retention = RetentionHours.DEFAULT;
        private final List<ListenerRegistration> listeners = new ArrayList<>();
        private boolean backgroundJobs = true;
        private Optional<String> schema = Optional.empty();

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * What to do about the database's schema; {@link MigrationMode#AUTO} unless set.
         *
         * @param mode what to do
         * @return this
         */
        public Builder migrate(MigrationMode mode) {
            this.migrate = mode;
            return this;
        }

        /**
         * Publishes the flows that the files of a folder define: those whose names end in .yaml, .yml or .json. The
         * built-in flow {@code genesis} is always there.
         *
         * @param folder read by {@link #build}
         * @return this
         */
        public Builder flows(Path folder) {
            flows.addFolder(folder);
            return this;
        }

        /**
         * Publishes flows from class path resources, such as {@code flows/tour.yaml}.
         *
         * @param loader where to look
         * @param resources their names
         * @return this
         * @throws IllegalArgumentException if there is no such resource
         * @throws FlowFormatException if a definition breaks a rule
         */
        public Builder flows(ClassLoader loader, String... resources) {
            flows.addResources(loader, List.of(resources));
            return this;
        }

        /**
         * Publishes a flow.
         *
         * @param name what the definition is called in error messages
         * @param definition YAML or JSON
         * @return this
         * @throws FlowFormatException if the definition breaks a rule
         */
        public Builder flow(String name, String definition) {
            flows.add(name, definition);
            return this;
        }

        /**
         * Publishes a flow that is defined by values: the keys of a flow file, with maps, lists, strings, numbers and
         * booleans as their values.
         *
         * <pre>{@code
         * builder.flow(Map.of(
         *         "flow", "welcome",
         *         "title", "Welcome",
         *         "steps", List.of(Map.of("id", "name", "title", "Your name"))));
         * }</pre>
         *
         * <p>Pages show the fields of a step in the order of its schema's properties. A {@link java.util.SequencedMap},
         * such as a {@code LinkedHashMap}, keeps its order; the keys of other maps are sorted. Another order is another
         * version of the flow.
         *
         * @param definition the keys of a flow file
         * @return this
         * @throws FlowFormatException if the definition breaks a rule
         * @throws IllegalArgumentException if it contains a value of another type
         */
        public Builder flow(Map<String, ?> definition) {
            return flow("flow definition", DefinitionMap.json(definition));
        }

        /**
         * Delivers events to a listener, after their commit and at least once. The listener receives all events that
         * commit after the first start with this name, also those that commit while no process runs it. To receive the
         * earlier ones too, use {@link #listenerFromBeginning}.
         *
         * <pre>{@code
         * builder.listener("create-tenant", event -> {
         *     if (event.is(EventType.COMPLETED)) {
         *         tenants.createIfAbsent(event.sessionId(), event.userId());
         *     }
         * });
         * }</pre>
         *
         * <ul>
         *   <li>The database keeps for each name which event was delivered last. All nodes that use a name share its
         *       events: one node delivers at a time. Another one takes over within 30 seconds after a crash. Use one name
         *       for one task, and keep it.
         *   <li>An event may come again: after a crash, or if this process was stopped for longer than 30 seconds. Events
         *       that were delivered in the last second before a crash come again too.
         *   <li>Events of one session come in the order in which they happened, one call at a time. Events of different
         *       sessions come in the order of their transactions.
         *   <li>If the listener throws, it receives the same event again after 1, 2, 4 … seconds, at most five minutes,
         *       until it returns; later events wait. Catch what must not hold them up. Only the first of failures in a row
         *       is logged as a warning. Other listeners go on.
         *   <li>An event of this process is delivered at once, others within about a second. On PostgreSQL, all events wait
         *       for every older transaction of the server that has written something: a transaction that is left open
         *       holds all listeners up.
         *   <li>The listener runs on a daemon platform thread of its own, {@code onward-listener-NAME}, which holds no
         *       connection and no transaction during the call. It may block, and may call Onward.
         *   <li>Cleanup deletes sessions, never events: what was not yet delivered is delivered later, although its
         *       session is gone. The deletion is an event itself.
         * </ul>
         *
         * <p>To remove a listener for good, leave it out and delete its row: {@code DELETE FROM onboarding_event_cursors
         * WHERE name = '…'}. A row that stays costs nothing.
         *
         * @param name 1 to 64 characters; no other listener of this builder has it
         * @param listener called for each event
         * @return this
         * @throws IllegalArgumentException if the name breaks a rule
         */
        public Builder listener(String name, OnboardingListener listener) {
            return add(new ListenerRegistration(name, listener, false));
        }

        /**
         * As {@link #listener}, but a new name begins with the first event that is stored. A name that is known continues
         * where it was.
         *
         * @param name 1 to 64 characters; no other listener of this builder has it
         * @param listener called for each event
         * @return this
         * @throws IllegalArgumentException if the name breaks a rule
         */
        public Builder listenerFromBeginning(String name, OnboardingListener listener) {
            return add(new ListenerRegistration(name, listener, true));
        }

        private Builder add(ListenerRegistration listener) {
            if (listeners.stream().anyMatch(other -> other.name().equals(listener.name()))) {
                throw new IllegalArgumentException("there is already a listener with the name " + listener.name());
            }
            listeners.add(listener);
            return this;
        }

        /**
         * Whether this process runs the background jobs; {@code true} unless set. Any number of processes may run them on
         * one database, and one of them should.
         *
         * <table>
         *   <caption>The background jobs</caption>
         *   <tr><th>job</th><th>runs</th><th>does</th></tr>
         *   <tr><td>housekeeping</td><td>5 seconds after the start, then every hour</td><td>deletes abandoned sessions as
         *       {@link #retention} says, and idempotency records that are older than 25 hours; adds the events of
         *       sessions that other software wrote</td></tr>
         *   <tr><td>rollout</td><td>every second</td><td>moves open sessions to newly published flow versions</td></tr>
         *   <tr><td>listeners</td><td>after each commit of this process, and every second</td><td>delivers events</td></tr>
         * </table>
         *
         * <p>Without them, this process calls no listener, but creates the cursors of its listeners; nothing is deleted
         * unless you call {@link Cleanup#runOnce()}, and open sessions keep their flow version. A job that fails is logged
         * once and repeated.
         *
         * @param run whether this process runs them
         * @return this
         */
        public Builder backgroundJobs(boolean run) {
            this.backgroundJobs = run;
            return this;
        }

        /**
         * The clock of all writes; the system's unless set. Cleanup goes by the database's clock.
         *
         * @param source says what time it is
         * @return this
         */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * How long an open session is kept without activity: whole hours, from 1 hour to ten years; 24 hours unless set. A
         * flow may say that its sessions are kept longer.
         *
         * @param duration how long
         * @return this
         * @throws dev.onward.model.OnboardingException.InvalidField if the retention is out of range
         */
        public Builder retention(Duration duration) {
            this.retention = Cleanup.hours(duration);
            return this;
        }

        /**
         * Keeps Onward's tables in a PostgreSQL schema of their own, which {@link MigrationMode#AUTO} creates. The default
         * is the connections' current schema.
         *
         * @param name letters, digits and underscores in lower case, beginning with a letter; at most 63
         * @return this
         */
        public Builder schema(String name) {
            if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
                throw new IllegalArgumentException(
                        "a schema's name has letters, digits and underscores in lower case, and begins with a letter");
            }
            this.schema = Optional.of(name);
            return this;
        }

        /**
         * Connects, brings the schema up to date as {@link #migrate} says, publishes the flows, creates the cursors of new
         * listeners and starts the background jobs. Blocks: a migration of a large table may take minutes. A build that
         * throws leaves no thread behind; a migration that was interrupted continues at the next build.
         *
         * @return Onward, ready to use; close it before the data source
         * @throws OnwardStartException if the database cannot be reached or is neither of the two, the data source joins
         *     transactions of the caller, its schema is behind
         *     or newer, or a folder of flows cannot be read
         * @throws FlowFormatException if a flow's definition breaks a rule
         */
        public Onward build() {
            Database database = open();
            boolean done = false;
            try {
                bringUp(database.migrations());
                Onward onward = new Onward(database, this);
                done = true;
                return onward;
            } catch (DatabaseException e) {
                throw new OnwardStartException(String.valueOf(e.getMessage()), e);
            } finally {
                if (!done) {
                    database.close();
                }
            }
        }

        private Optional<BackgroundJobs> startJobs(OnwardServices services) {
            if (!backgroundJobs) {
                services.register(listeners);
                return Optional.empty();
            }
            return Optional.of(services.startJobs(JobSettings.of(retention, listeners)));
        }

        private Database open() {
            try {
                return schema.isPresent()
                        ? Database.openInSchema(dataSource, schema.get(), migrate == MigrationMode.AUTO)
                        : Database.open(dataSource);
            } catch (DatabaseException e) {
                throw new OnwardStartException(String.valueOf(e.getMessage()), e);
            }
        }

        private void bringUp(Migrations migrations) {
            switch (migrate) {
                case AUTO -> migrations.migrate(LOG::warn);
                case CHECK -> {
                    if (!migrations.pending().isEmpty()) {
                        throw new OnwardStartException(
                                "Onward's schema is behind. Run the migrations, or build with MigrationMode.AUTO.");
                    }
                }
                case NONE -> {}
            }
        }
    }
}
