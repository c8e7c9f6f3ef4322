package dev.onward;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.FlowCatalog;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.model.FlowFormatException;
import dev.onward.publishing.FlowFolder;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionService;
import dev.onward.transition.IdGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
 * <p>The caller owns the data source and closes it. On PostgreSQL, each call borrows at most one connection at a time,
 * and not one that the caller's own transaction holds: give Onward a pool of its own if callers call it inside their
 * transactions, or use {@link #using}. On SQLite, Onward keeps up to five connections and their threads until it is
 * closed.
 */
public final class Onward implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Onward.class);

    private final Database database;
    private final FlowCatalog catalog;
    private final InstantSource clock;
    private final Sessions sessions;
    private final Flows flows;
    private final Cleanup cleanup;
    private final Analytics analytics;

    private Onward(Database database, Builder builder) {
        this.database = database;
        this.clock = builder.clock;
        Publisher publisher = new Publisher(database.flows(), clock, IdGenerator.random());
        publisher.publishFiles(builder.definitions());
        this.catalog = new PublishedFlowCatalog(
                database.flows(), System::nanoTime, unusable -> LOG.error(unusable.getMessage()));
        this.sessions = new Sessions(new SessionService(catalog, database.sessions(), clock, IdGenerator.random()));
        this.flows = new Flows(catalog, database.flows(), publisher);
        this.cleanup = new Cleanup(new AbandonedSessionCleanup(database.retention()), builder.retention);
        this.analytics = new Analytics(database.analytics());
    }

    /**
     * Starts to build.
     *
     * @param dataSource leads to SQLite 3.39 or later, or PostgreSQL 15 or later. Its connections must not join
     *     transactions of the caller: pass the target of a transaction-aware proxy. {@link Builder#build} refuses such a
     *     proxy; of one that it does not recognise, calls inside a transaction throw an {@link IllegalStateException} and
     *     change nothing. Connections are given back with the settings that they had
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** Starts, changes and reads sessions. */
    public Sessions sessions() {
        return sessions;
    }

    /** Lists and publishes flows. */
    public Flows flows() {
        return flows;
    }

    /** Deletes abandoned sessions. */
    public Cleanup cleanup() {
        return cleanup;
    }

    /** Reads how flows perform. */
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
     * <p>A call that throws leaves the transaction as it was before the call, and usable. Nothing is retried: a row that
     * another transaction holds is waited for as the connection's settings say. On SQLite, begin the transaction with
     * {@code BEGIN IMMEDIATE} (or the driver's transaction mode {@code IMMEDIATE}), since a transaction that has read
     * before another wrote cannot write.
     *
     * @param connection to the same database, not in auto-commit mode. The caller commits, rolls back and closes it
     */
    public Sessions using(Connection connection) {
        return new Sessions(new SessionService(catalog, database.sessions(connection), clock, IdGenerator.random()));
    }

    /** Finishes calls that are running and releases threads. Does not close the data source. */
    @Override
    public void close() {
        database.close();
    }

    /** Settings of an {@link Onward}. Not thread-safe. */
    public static final class Builder {
        private final DataSource dataSource;
        private final List<FlowDefinition> flows = new ArrayList<>();
        private final List<Path> folders = new ArrayList<>();
        private MigrationMode migrate = MigrationMode.AUTO;
        private InstantSource clock = InstantSource.system();
        private RetentionHours retention = RetentionHours.DEFAULT;
        private Optional<String> schema = Optional.empty();

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /** What to do about the database's schema; {@link MigrationMode#AUTO} unless set. */
        public Builder migrate(MigrationMode mode) {
            this.migrate = mode;
            return this;
        }

        /**
         * Publishes the flows that the files of a folder define: those whose names end in .yaml, .yml or .json. The
         * built-in flow {@code genesis} is always there.
         */
        public Builder flows(Path folder) {
            folders.add(folder);
            return this;
        }

        /**
         * Publishes flows from class path resources, such as {@code flows/tour.yaml}.
         *
         * @throws IllegalArgumentException if there is no such resource
         * @throws FlowFormatException if a definition breaks a rule
         */
        public Builder flows(ClassLoader loader, String... resources) {
            for (String resource : resources) {
                flow(resource, text(loader, resource));
            }
            return this;
        }

        /**
         * Publishes a flow.
         *
         * @param name what the definition is called in error messages
         * @param definition YAML or JSON
         * @throws FlowFormatException if the definition breaks a rule
         */
        public Builder flow(String name, String definition) {
            flows.add(FlowDefinition.of(name, definition));
            return this;
        }

        /** The clock of all writes; the system's unless set. Cleanup goes by the database's clock. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * How long an open session is kept without activity: whole hours, from 1 hour to ten years; 24 hours unless set. A
         * flow may say that its sessions are kept longer.
         *
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
         * Connects, brings the schema up to date as {@link #migrate} says, and publishes the flows. Blocks.
         *
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

        private List<FlowDefinition> definitions() {
            List<FlowDefinition> all = new ArrayList<>(flows);
            for (Path folder : folders) {
                try {
                    all.addAll(new FlowFolder(folder).read());
                } catch (UncheckedIOException e) {
                    throw new OnwardStartException(String.valueOf(e.getMessage()), e);
                }
            }
            return all;
        }

        private static String text(ClassLoader loader, String resource) {
            try (InputStream in = loader.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("there is no resource " + resource + " on the class path");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("The resource " + resource + " cannot be read.", e);
            }
        }
    }
}
