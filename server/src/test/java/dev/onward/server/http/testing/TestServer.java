package dev.onward.server.http.testing;

import dev.onward.definition.FlowDefinition;
import dev.onward.jdbc.Database;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.retention.SessionLifetime;
import dev.onward.server.http.HttpServer;
import dev.onward.server.http.Listener;
import dev.onward.server.http.connection.ConnectionLimits;
import dev.onward.server.ops.Meters;
import dev.onward.server.ops.Outage;
import dev.onward.server.ops.Readiness;
import dev.onward.session.SessionService;
import dev.onward.session.SessionStore;
import dev.onward.session.VersionUpgrader;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SettableClock;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import dev.onward.web.OnwardWeb;
import dev.onward.web.WebServices;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A real server on a free port for a test, with its own database and a settable clock. */
public final class TestServer implements AutoCloseable {
    public static final String KEY = "the-operators-key-of-the-tests-0123456789";
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static final AccessPolicy LOCAL = new AccessPolicy(Mode.LOCAL, OperatorKey.of(KEY));

    /** A second flow: it creates no K-Block, is no onboarding, and completes by a call. */
    private static final String TOUR = """
            flow: tour
            title: A tour of the house
            completes: call
            completes_early: true
            completion_message: You have seen it all.
            steps:
              - {id: look_around, title: Look around, optional: true}
            """;

    /** A third flow, with steps of every kind that depend on each other. */
    private static final String SETUP = """
            flow: setup
            title: Set up your team
            completes: last_step
            completion_message: All set.
            steps:
              - id: team
                title: Your team
                input:
                  type: object
                  additionalProperties: false
                  required: [name, size]
                  properties:
                    name: {type: string, minLength: 3, pattern: "^[A-Z]"}
                    size: {type: integer, minimum: 1}
                    tags: {type: array, items: {type: string}}
                ui: {layout: columns}
              - {id: plan, title: Your plan, input: {enum: [free, pro]}}
              - id: billing
                title: Who pays
                when: {plan: {const: pro}}
                input: {type: object, required: [vat], properties: {vat: {type: string}}}
              - {id: notes, title: Notes, optional: true, input: {type: string}}
              - {id: motto, title: Your motto, revisable: false, input: {type: string}}
              - {id: ready, title: Ready to go}
            """;

    private final TestDatabase database;
    private final Database opened;
    private final SettableClock clock = new SettableClock(NOW);
    private final WebServices services;
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;
    private final HttpServer http;

    private TestServer(
            TestDatabase database, Database opened, AccessPolicy access, UnaryOperator<SessionStore> around) {
        this(database, opened, access, ConnectionLimits.of(2000), around);
    }

    private TestServer(
            TestDatabase database,
            Database opened,
            AccessPolicy access,
            ConnectionLimits limits,
            UnaryOperator<SessionStore> around) {
        this.database = database;
        this.opened = opened;
        Publisher publisher = new Publisher(opened.flows(), clock, IdGenerator.random());
        PublishedFlowCatalog flows = published(opened, publisher, clock);
        metrics = Meters.ofJvm();
        readiness = new Readiness(opened::health, opened::changedFile);
        services = new WebServices(
                new SessionService(flows, around.apply(opened.sessions()), clock, IdGenerator.random()),
                new AbandonedSessionCleanup(opened.retention()),
                opened.analytics(),
                flows,
                opened.flows(),
                opened.releases(),
                publisher,
                new DryRun(
                        opened.flows(),
                        opened.releases(),
                        new VersionUpgrader(flows, opened.sessions(), clock, IdGenerator.random())),
                new SessionLifetime(flows, RetentionHours.DEFAULT, Duration.ofHours(1)),
                clock,
                readiness::parts,
                metrics::scrape,
                new Outage(() -> true, clock, metrics)::causes);
        http = HttpServer.start(
                new Listener("127.0.0.1", 0), limits, new OnwardWeb(services, access, true), readiness, metrics);
    }

    private static PublishedFlowCatalog published(Database database, Publisher publisher, SettableClock clock) {
        publisher.publishFiles(List.of(FlowDefinition.of("tour.yaml", TOUR), FlowDefinition.of("setup.yaml", SETUP)));
        return new PublishedFlowCatalog(database.flows(), clock::nanoTime, _ -> {});
    }

    /** A server in mode local. */
    public static TestServer local(DatabaseKind kind) {
        return with(kind, LOCAL);
    }

    /** A server in mode public. */
    public static TestServer open(DatabaseKind kind) {
        return with(kind, new AccessPolicy(Mode.PUBLIC, OperatorKey.of(KEY)));
    }

    public static TestServer with(DatabaseKind kind, AccessPolicy access) {
        TestDatabase database = TestDatabase.migrated(kind);
        return new TestServer(database, database.database(), access, UnaryOperator.identity());
    }

    /** A server with other connection limits. */
    public static TestServer withLimits(ConnectionLimits limits) {
        TestDatabase database = TestDatabase.migrated(DatabaseKind.SQLITE);
        return new TestServer(database, database.database(), LOCAL, limits, UnaryOperator.identity());
    }

    /** A server with an intercepted store. */
    public static TestServer withStore(DatabaseKind kind, UnaryOperator<SessionStore> around) {
        TestDatabase database = TestDatabase.migrated(kind);
        return new TestServer(database, database.database(), LOCAL, around);
    }

    /** A server with another data source. */
    public static TestServer withDataSource(TestDatabase database, DataSource visibleSteps) {
        return new TestServer(database, Database.open(visibleSteps), LOCAL, UnaryOperator.identity());
    }

    public ApiClient api() {
        return new ApiClient(http.port());
    }

    public int port() {
        return http.port();
    }

    public TestDatabase database() {
        return database;
    }

    public SettableClock clock() {
        return clock;
    }

    public WebServices services() {
        return services;
    }

    public PrometheusMeterRegistry metrics() {
        return metrics;
    }

    public Readiness readiness() {
        return readiness;
    }

    /** Empties the database. */
    public void empty() {
        for (String table : new String[] {"onboarding_sessions", "onboarding_events", "onboarding_profiles"}) {
            database.execute("DELETE FROM " + table);
        }
    }

    /** Starts a second server on the same database. The caller stops it before closing this one. */
    public TestServer secondServer() {
        return withDataSource(database, database.dataSource());
    }

    /** Starts a second server with another access policy. */
    public TestServer secondServer(AccessPolicy access) {
        return new TestServer(database, Database.open(database.dataSource()), access, UnaryOperator.identity());
    }

    /** Stops the server; the database stays. */
    public void stop() {
        http.close();
        opened.close();
    }

    @Override
    public void close() {
        stop();
        database.close();
    }
}
