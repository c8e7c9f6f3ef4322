package dev.onward.server;

import dev.onward.assembly.JobSettings;
import dev.onward.assembly.OnwardServices;
import dev.onward.definition.FlowDefinition;
import dev.onward.flow.FlowUnusableException;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.job.Schedule;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowFiles;
import dev.onward.publishing.FlowFolder;
import dev.onward.retention.SessionLifetime;
import dev.onward.server.cli.CommandException;
import dev.onward.server.cli.PendingMigrations;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.Settings;
import dev.onward.server.http.HttpServer;
import dev.onward.server.http.Listener;
import dev.onward.server.http.connection.ConnectionLimits;
import dev.onward.server.ops.BatchMeters;
import dev.onward.server.ops.CommitWaits;
import dev.onward.server.ops.IdentityProviders;
import dev.onward.server.ops.JobMeters;
import dev.onward.server.ops.Meters;
import dev.onward.server.ops.Outage;
import dev.onward.server.ops.Readiness;
import dev.onward.server.storage.OperatorKeyFile;
import dev.onward.server.storage.Storage;
import dev.onward.server.storage.StorageException;
import dev.onward.web.OnwardWeb;
import dev.onward.web.WebServices;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.jwt.JwtVerifier;
import dev.onward.web.jwt.VerifiedTokens;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. This class is the composition root: it builds everything from the settings.
 *
 * @param port the port that it listens on
 * @param product the name and version of the database
 * @param flows the current version of each flow at the start
 */
record OnwardServer(Settings settings, int port, String product, Map<String, Integer> flows) {

    private static final Duration CHECK_OUTAGE_EVERY = Duration.ofSeconds(1);

    /**
     * Builds and starts a server. The scope closes it: the server stops being ready, accepts requests for the drain
     * time, finishes the accepted ones, then stops the jobs and closes the database and its file.
     */
    static OnwardServer start(Settings settings, CloseableScope lifetime) {
        // Initialize slf4j before two threads use it.
        LoggerFactory.getILoggerFactory();
        Thread.ofPlatform().daemon().name("onward-preload").start(OnwardServer::preload);
        DescriptorCheck.of(settings.maxConnections()).orThrow();
        PrometheusMeterRegistry meters = Meters.ofJvm();
        BatchSettings batching = new BatchSettings(settings.batchSize(), new BatchMeters(meters));
        WriteLimits limits = WriteLimits.forServing().withCommitWait(settings.commitWait());
        Storage storage = lifetime.own(Storage.forServing(settings.databaseAccess(), batching, limits));
        Database database = storage.database();
        migrateOrCheck(settings, storage);
        OnwardServices core = new OnwardServices(database, InstantSource.system(), OnwardServer::log);
        core.publisher().publishFiles(files(settings, database)).forEach(OnwardServer::log);

        storage.pool().ifPresent(pool -> Meters.ofPool(meters, pool));
        Outage outage = new Outage(() -> writable(storage), InstantSource.system(), meters);
        lifetime.own(Schedule.start("outage", outage::check, CHECK_OUTAGE_EVERY));

        lifetime.own(core.startJobs(new JobSettings(
                settings.cleanupHours(),
                settings.cleanupEvery(),
                new JobMeters(meters),
                outage::guard,
                List.of(),
                JobSettings.DELIVER_EVERY)));

        Readiness readiness = new Readiness(storage::health, database::changedFile);
        database.abandonedCommits().ifPresent(commits -> {
            CommitWaits.measure(meters, commits);
            readiness.add(() -> CommitWaits.part(commits));
        });
        WebServices services = new WebServices(
                core.sessions(),
                core.cleanup(),
                database.analytics(),
                core.catalog(),
                database.flows(),
                database.releases(),
                core.publisher(),
                core.dryRun(),
                new SessionLifetime(core.catalog(), settings.cleanupHours(), settings.cleanupEvery()),
                InstantSource.system(),
                readiness::parts,
                meters::scrape,
                outage::causes);
        Listener listener = new Listener(settings.host(), settings.port());
        AccessPolicy access = access(settings, readiness);
        HttpServer http = lifetime.own(HttpServer.start(
                listener,
                ConnectionLimits.of(settings.maxConnections()),
                new OnwardWeb(services, access, listener.loopback()),
                readiness,
                meters));
        http.onUnexpectedEnd(lifetime::fail);
        lifetime.own(
                new Drain(readiness, settings.drain(), () -> lifetime.failure().isPresent()));
        return new OnwardServer(
                settings, http.port(), database.product(), database.flows().current());
    }

    /** An identity provider that does not answer is shown, but leaves the server ready: known keys go on working. */
    private static AccessPolicy access(Settings settings, Readiness readiness) {
        Optional<VerifiedTokens> tokens = Optional.empty();
        if (!settings.issuers().isEmpty()) {
            JwtVerifier verifier = new JwtVerifier(settings.issuers(), InstantSource.system());
            verifier.readKeys();
            readiness.add(() -> IdentityProviders.part(verifier.failures()));
            tokens = Optional.of(new VerifiedTokens(verifier, InstantSource.system()));
        }
        return new AccessPolicy(
                settings.mode(), operatorKey(settings), settings.trustedProxies(), tokens, settings.cors());
    }

    private static FlowFiles files(Settings settings, Database database) {
        try {
            return settings.flows()
                    .map(FlowFolder::new)
                    .map(folder -> folder.read(database.flows().files()))
                    .orElse(new FlowFiles(Map.of(), List.of()));
        } catch (UncheckedIOException e) {
            throw new StorageException(e.getMessage() + " Create it, or set another with --flows.", e);
        }
    }

    private static boolean writable(Storage storage) {
        return storage.health(CHECK_OUTAGE_EVERY) == Database.Health.WRITABLE;
    }

    /** Loads classes for flows and HTTP while the database is opened, which saves a fifth of the start-up time. */
    private static void preload() {
        FlowDefinition.builtIn();
        HttpServer.preload();
    }

    private static void log(PublishReport published) {
        String flow = published.flow();
        if (published.result() == PublishResult.NOT_CURRENT) {
            log().warn(
                            "Flow {}: its file is version {}, but version {} is current. To return to the file's"
                                    + " version, run:"
                                    + " ./onward flows publish FILE --make-current",
                            flow,
                            published.version(),
                            published.current());
        } else if (published.result().releases() && published.version() > 1) {
            log().info("Flow {}: version {} is now current", flow, published.version());
        }
    }

    private static void log(FlowUnusableException unusable) {
        log().error(unusable.getMessage());
    }

    private static void log(Migrations.Newer newer) {
        log().warn("The schema is {}", newer.text());
    }

    /** Not a field, because the settings configure logging first. */
    private static Logger log() {
        return LoggerFactory.getLogger(OnwardServer.class);
    }

    private static void migrateOrCheck(Settings settings, Storage storage) {
        Migrations.Schema schema = storage.database().migrations().schema();
        schema.requireUsable();
        schema.newer().ifPresent(OnwardServer::log);
        List<Migrations.PendingMigration> pending = schema.pending();
        if (pending.isEmpty()) {
            return;
        }
        switch (settings.migrate()) {
            case AUTO -> {
                if (storage.pooled()) {
                    throw PendingMigrations.behindPooler(settings.database(), pending);
                }
                migrate(settings.databaseAccess());
            }
            case CHECK ->
                throw new CommandException(
                        "The schema of " + settings.database() + " is behind (" + PendingMigrations.names(pending)
                                + "). Run \"./onward migrate\", or start with --migrate auto.");
        }
    }

    /** Migrates on connections without a timeout, because a large table takes long. */
    private static void migrate(DatabaseAccess access) {
        try (Storage storage = Storage.forWork(access)) {
            storage.database().migrations().migrate(line -> log().warn(line));
        }
    }

    private static OperatorKey operatorKey(Settings settings) {
        return settings.operatorKey()
                .or(() -> OperatorKeyFile.of(settings.database()).map(OperatorKeyFile::read))
                .orElseGet(OperatorKey::unknown);
    }
}
