package dev.onward.server.http;

import dev.onward.definition.FlowDefinition;
import dev.onward.jdbc.Database;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.retention.SessionLifetime;
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

/** A whole installation for a test: a database of its own, the real server on a free port, a clock that stands. */
final class Site implements AutoCloseable {
    static final String KEY = "the-operators-key-of-the-tests-0123456789";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static final AccessPolicy LOCAL = new AccessPolicy(Mode.LOCAL, OperatorKey.of(KEY));

    /** A second flow, beside genesis: it makes no K-Block, is no onboarding, and the product says when it is over. */
    private static final String TOUR = """
            flow: tour
            title: A tour of the house
            completes: call
            completes_early: true
            completion_message: You have seen it all.
            steps:
              - {id: look_around, title: Look around, optional: true}
            """;

    /** A third one, whose steps are of every kind and depend on each other. */
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
    private final HttpServer server;

    private Site(TestDatabase database, Database opened, AccessPolicy access, UnaryOperator<SessionStore> around) {
        this(database, opened, access, ConnectionLimits.of(2000), around);
    }

    private Site(
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
        server = HttpServer.start(
                new Listener("127.0.0.1", 0), limits, new OnwardWeb(services, access, true), readiness, metrics);
    }

    private static PublishedFlowCatalog published(Database database, Publisher publisher, SettableClock clock) {
        publisher.publishFiles(List.of(FlowDefinition.of("tour.yaml", TOUR), FlowDefinition.of("setup.yaml", SETUP)));
        return new PublishedFlowCatalog(database.flows(), clock::nanoTime, _ -> {});
    }

    /** Trusts whoever reaches it. */
    static Site local(DatabaseKind kind) {
        return with(kind, LOCAL);
    }

    /** Trusts nobody, as on the open network. */
    static Site open(DatabaseKind kind) {
        return with(kind, new AccessPolicy(Mode.PUBLIC, OperatorKey.of(KEY)));
    }

    static Site with(DatabaseKind kind, AccessPolicy access) {
        TestDatabase database = TestDatabase.migrated(kind);
        return new Site(database, database.database(), access, UnaryOperator.identity());
    }

    /** One with limits of the test's for its connections. */
    static Site limited(ConnectionLimits limits) {
        TestDatabase database = TestDatabase.migrated(DatabaseKind.SQLITE);
        return new Site(database, database.database(), LOCAL, limits, UnaryOperator.identity());
    }

    /** One whose store the test stands in front of. */
    static Site behind(DatabaseKind kind, UnaryOperator<SessionStore> around) {
        TestDatabase database = TestDatabase.migrated(kind);
        return new Site(database, database.database(), LOCAL, around);
    }

    /** One that reaches its database in a way of the test's. */
    static Site reaching(TestDatabase database, DataSource visibleSteps) {
        return new Site(database, Database.open(visibleSteps), LOCAL, UnaryOperator.identity());
    }

    Api api() {
        return new Api(server.port());
    }

    int port() {
        return server.port();
    }

    TestDatabase database() {
        return database;
    }

    SettableClock clock() {
        return clock;
    }

    WebServices services() {
        return services;
    }

    PrometheusMeterRegistry metrics() {
        return metrics;
    }

    Readiness readiness() {
        return readiness;
    }

    /** Leaves the installation as it was at the start. */
    void empty() {
        for (String table : new String[] {"onboarding_sessions", "onboarding_events", "onboarding_profiles"}) {
            database.execute("DELETE FROM " + table);
        }
    }

    /** Another server on the same database. The caller stops it before this one is closed. */
    Site neighbour() {
        return reaching(database, database.dataSource());
    }

    /** The same, for other callers. */
    Site neighbour(AccessPolicy access) {
        return new Site(database, Database.open(database.dataSource()), access, UnaryOperator.identity());
    }

    /** Ends the server; the database stays. */
    void stop() {
        server.close();
        opened.close();
    }

    @Override
    public void close() {
        stop();
        database.close();
    }
}
