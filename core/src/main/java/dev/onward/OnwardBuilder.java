package dev.onward;

import dev.onward.assembly.JobSettings;
import dev.onward.assembly.ListenerRegistration;
import dev.onward.assembly.OnwardServices;
import dev.onward.definition.DefinitionMap;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingListener;
import dev.onward.retention.RetentionHours;
import java.nio.file.Path;
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
 * Builds an {@link Onward}. Start with {@link Onward#builder}. Not thread-safe. Only {@link #build} blocks and
 * uses the data source; the other methods only keep a setting, until {@code build} is called.
 */
public final class OnwardBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(Onward.class);

    private final DataSource dataSource;
    private final FlowSources flows = new FlowSources();
    private MigrationMode migrate = MigrationMode.AUTO;
    private InstantSource clock = InstantSource.system();
    private RetentionHours retention = RetentionHours.DEFAULT;
    private final List<ListenerRegistration> listeners = new ArrayList<>();
    private boolean backgroundJobs = true;
    private Optional<String> schema = Optional.empty();

    OnwardBuilder(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What to do about the database's schema; {@link MigrationMode#AUTO} unless set.
     *
     * @param mode what to do
     * @return this
     */
    public OnwardBuilder migrate(MigrationMode mode) {
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
    public OnwardBuilder flows(Path folder) {
        flows.addFolder(folder);
        return this;
    }

    /**
     * Publishes flows from class path resources, such as {@code flows/tour.yaml}. Reads them at once.
     *
     * @param loader where to look
     * @param resources their names
     * @return this
     * @throws IllegalArgumentException if there is no such resource
     * @throws OnboardingException.InvalidFlow if a definition breaks a rule
     */
    public OnwardBuilder flows(ClassLoader loader, String... resources) {
        flows.addResources(loader, List.of(resources));
        return this;
    }

    /**
     * Publishes a flow.
     *
     * @param name what the definition is called in error messages
     * @param definition YAML or JSON
     * @return this
     * @throws OnboardingException.InvalidFlow if the definition breaks a rule
     */
    public OnwardBuilder flow(String name, String definition) {
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
     * @throws OnboardingException.InvalidFlow if the definition breaks a rule
     * @throws IllegalArgumentException if it contains a value of another type
     */
    public OnwardBuilder flow(Map<String, ?> definition) {
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
    public OnwardBuilder listener(String name, OnboardingListener listener) {
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
    public OnwardBuilder listenerFromBeginning(String name, OnboardingListener listener) {
        return add(new ListenerRegistration(name, listener, true));
    }

    private OnwardBuilder add(ListenerRegistration listener) {
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
    public OnwardBuilder backgroundJobs(boolean run) {
        this.backgroundJobs = run;
        return this;
    }

    /**
     * The clock of all writes; the system's unless set. Cleanup goes by the database's clock.
     *
     * @param source says what time it is
     * @return this
     */
    public OnwardBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * How long an open session is kept without activity: whole hours, from 1 hour to ten years; 24 hours unless set. A
     * flow may say that its sessions are kept longer.
     *
     * @param duration how long
     * @return this
     * @throws OnboardingException.InvalidField if the retention is out of range
     */
    public OnwardBuilder retention(Duration duration) {
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
    public OnwardBuilder schema(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "a schema's name has letters, digits and underscores in lower case, and begins with a letter");
        }
        this.schema = Optional.of(name);
        return this;
    }

    /**
     * Connects, brings the schema up to date as {@link #migrate} says, publishes the flows, creates the cursors of new
     * listeners and starts the background jobs. Blocks: a migration of a large table may take minutes.
     *
     * <p>If it throws, no thread is left behind, and what it has done in the database stays: migrations and published
     * flows. The next build continues from there.
     *
     * @return Onward, ready to use; close it before the data source
     * @throws OnwardStartException if the database cannot be reached or is neither of the two, the data source joins
     *     transactions of the caller, the schema is behind or newer, or a folder of flows cannot be read
     * @throws OnboardingException.InvalidFlow if a flow's definition breaks a rule; no flow is published
     * @throws OnboardingException if the database fails while flows are published
     */
    public Onward build() {
        Database database = open();
        boolean done = false;
        try {
            bringUp(database.migrations());
            Onward onward = start(new OnwardServices(database, clock, unusable -> LOG.error(unusable.getMessage())));
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

    private Database open() {
        try {
            return schema.isPresent()
                    ? Database.openInSchema(dataSource, schema.get(), migrate == MigrationMode.AUTO)
                    : Database.open(dataSource);
        } catch (DatabaseException e) {
            throw new OnwardStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Onward start(OnwardServices services) {
        services.publisher().publishFiles(flows.read());
        return new Onward(services, retention, startJobs(services));
    }

    /** Returns what stops them. */
    private Runnable startJobs(OnwardServices services) {
        if (backgroundJobs) {
            return services.startJobs(JobSettings.of(retention, listeners))::close;
        }
        services.register(listeners);
        return () -> {};
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

    /** What {@link OnwardBuilder#build} does about the database's schema. */
    public enum MigrationMode {
        /** Creates or upgrades the schema. Needs the right to create tables. */
        AUTO,
        /** Fails if the schema is behind. */
        CHECK,
        /** Does not look at the schema. */
        NONE
    }
}
