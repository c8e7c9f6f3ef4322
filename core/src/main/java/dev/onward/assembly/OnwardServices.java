package dev.onward.assembly;

import dev.onward.event.EventCursor;
import dev.onward.event.EventCursors;
import dev.onward.event.EventDelivery;
import dev.onward.event.EventReader;
import dev.onward.flow.FlowUnusableException;
import dev.onward.jdbc.Database;
import dev.onward.job.BackgroundJobs;
import dev.onward.job.Housekeeping;
import dev.onward.job.RolloutJob;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.Rollout;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.IdempotencyRecordCleanup;
import dev.onward.session.SessionService;
import dev.onward.session.SessionStore;
import dev.onward.session.VersionUpgrader;
import dev.onward.transition.IdGenerator;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The services of Onward on a database whose schema is up to date. Thread-safe. The caller owns the database and closes
 * it.
 */
public final class OnwardServices {
    private final Database database;
    private final InstantSource clock;
    private final IdGenerator ids = IdGenerator.random();
    private final Publisher publisher;
    private final PublishedFlowCatalog catalog;
    private final SessionService sessions;
    private final AbandonedSessionCleanup cleanup;
    private final VersionUpgrader upgrader;

    /** @param unusable is called once for each flow version that this node cannot read */
    public OnwardServices(Database database, InstantSource clock, Consumer<FlowUnusableException> unusable) {
        this.database = database;
        this.clock = clock;
        this.publisher = new Publisher(database.flows(), clock, ids);
        this.catalog = new PublishedFlowCatalog(database.flows(), System::nanoTime, unusable);
        this.sessions = new SessionService(catalog, database.sessions(), clock, ids);
        this.cleanup = new AbandonedSessionCleanup(database.retention());
        this.upgrader = new VersionUpgrader(catalog, database.sessions(), clock, ids);
    }

    public Database database() {
        return database;
    }

    /** Publishes flows. Flows from files must be published before any flow is read. */
    public Publisher publisher() {
        return publisher;
    }

    public PublishedFlowCatalog catalog() {
        return catalog;
    }

    public SessionService sessions() {
        return sessions;
    }

    /** The session service on another store, for example one in the caller's own transaction. */
    public SessionService sessions(SessionStore store) {
        return new SessionService(catalog, store, clock, ids);
    }

    public AbandonedSessionCleanup cleanup() {
        return cleanup;
    }

    public DryRun dryRun() {
        return new DryRun(database.flows(), database.releases(), upgrader);
    }

    /**
     * Creates the cursors of new listeners, so that they miss no event from now on. Delivers nothing.
     *
     * @param listeners have different names
     */
    public void register(List<ListenerRegistration> listeners) {
        EventReader reader = database.eventReader();
        for (ListenerRegistration listener : listeners) {
            database.eventCursors()
                    .register(listener.name(), listener.fromBeginning() ? EventCursor.BEGINNING : reader.latest());
        }
    }

    /** Registers the listeners and starts the background jobs. Close the jobs before the database. */
    public BackgroundJobs startJobs(JobSettings settings) {
        register(settings.listeners());
        Housekeeping housekeeping = new Housekeeping(
                database::backfill,
                database::deleteOrphans,
                cleanup,
                new IdempotencyRecordCleanup(database.retention()),
                settings.retention(),
                settings.counter());
        Rollout rollout = new Rollout(database.releases(), catalog, upgrader, clock);
        BackgroundJobs jobs = BackgroundJobs.start(
                housekeeping,
                settings.housekeepingEvery(),
                new RolloutJob(rollout, settings.counter()),
                new BackgroundJobs.Deliveries(deliveries(settings.listeners()), settings.deliverEvery()),
                settings.guard());
        database.onCommit(jobs::committed);
        return jobs;
    }

    private List<EventDelivery> deliveries(List<ListenerRegistration> listeners) {
        EventReader reader = database.eventReader();
        EventCursors cursors = database.eventCursors();
        return listeners.stream()
                .map(listener -> new EventDelivery(
                        listener.name(), listener.listener(), reader, cursors, ids.next(), EventDelivery.LEASE))
                .toList();
    }
}
