package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database's schema up to date; a standing {@code onboarding_sessions} of the original is adopted. */
public final class Migrations {
    private static final List<String> SCRIPTS = List.of(
            "V1__seed_table.sql",
            "V2__flows_events_kblocks_profiles.sql",
            "V3__cleanup.sql",
            "V4__answers.sql",
            "V5__flow_versions.sql",
            "V6__receipts.sql",
            "V7__taking_in.sql",
            "V8__cleanup_of_many.sql",
            "V9__cleanup_event_ids.sql",
            "V10__events_by_time.sql",
            "V11__last_activity.sql",
            "V11.1__last_activity_of_before.sql",
            "V12__compatible_claim_secret.sql",
            "V13__compatible_flow_files.sql");

    private final DataSource dataSource;
    private final Transactions transactions;
    private final MigrationDialect dialect;
    private final LegacyRows legacyRows;

    public Migrations(
            DataSource dataSource, Transactions transactions, MigrationDialect dialect, LegacyRows legacyRows) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.dialect = dialect;
        this.legacyRows = legacyRows;
    }

    /** A migration that has not run yet. */
    public record PendingMigration(String script, String sql) {}

    /**
     * A later Onward has migrated the database.
     *
     * @param version the schema's version
     * @param known the newest version that this Onward knows
     * @param compatible whether each migration that this Onward does not know is marked as compatible with the releases
     *     before it
     */
    public record Newer(String version, String known, boolean compatible) {

        /** Names both versions, and says what to do where this Onward cannot work with the schema. */
        public String text() {
            String versions = "version " + version + ", and this Onward knows versions up to " + known;
            return compatible
                    ? versions + ". The newer one is marked as compatible"
                    : versions + ". The newer one is not marked as compatible: install the Onward that migrated the"
                            + " database, or restore a backup from before (docs/upgrade.md)";
        }
    }

    /**
     * How the database's schema compares with this Onward.
     *
     * @param pending what {@link #migrate} would run, in order; empty if the schema is up to date or newer
     */
    public record Schema(List<PendingMigration> pending, Optional<Newer> newer) {
        public Schema {
            pending = List.copyOf(pending);
        }

        /** Whether Onward has never migrated this database. */
        public boolean untouched() {
            return pending.size() == SCRIPTS.size();
        }

        /** @throws DatabaseException if the schema is newer and not compatible */
        public void requireUsable() {
            newer.filter(found -> !found.compatible()).ifPresent(found -> {
                throw new DatabaseException("The schema is " + found.text() + ".");
            });
        }
    }

    /**
     * Reads the schema and changes nothing.
     *
     * @throws DatabaseException where a table stands that has one of our names and not our columns
     */
    public Schema schema() {
        ExistingTables tables = tables();
        Set<String> applied = tables.has(ExistingTables.HISTORY) ? applied(tables) : Set.of();
        if (applied.isEmpty()) {
            tables.requireAdoptable(dialect.typesMatter());
        }
        Optional<Newer> newer = SchemaVersion.newer(applied, SCRIPTS);
        return new Schema(newer.isPresent() ? List.of() : missing(applied), newer);
    }

    /** The newest version of the schema that this Onward knows. */
    public static String newestVersion() {
        return SchemaVersion.newest(SCRIPTS);
    }

    private List<PendingMigration> missing(Set<String> applied) {
        return SCRIPTS.stream()
                .filter(script -> !applied.contains(script))
                .map(script -> new PendingMigration(script, sql(script)))
                .toList();
    }

    /**
     * What {@link #migrate} would run, in order; empty where the schema is up to date, or newer and compatible.
     *
     * @throws DatabaseException as {@link #schema}, or if the schema is newer and not compatible
     */
    public List<PendingMigration> pending() {
        Schema schema = schema();
        schema.requireUsable();
        return schema.pending();
    }

    /**
     * The SQL statements that give the database's role the rights that {@link #migrate} needs and that it lacks, for the
     * database's owner to run. Empty where nothing is missing, and on SQLite.
     */
    public List<String> missingGrants() {
        return transactions.read(dialect::missingGrants);
    }

    /**
     * Runs what is pending, then takes in what other software wrote. Where anything was run, ends with statistics.
     *
     * <p>On PostgreSQL a migration waits for locks for a fraction of a second only, because every write of other software
     * queues behind it. If others hold a lock for longer, it gives way and tries again until it gets the lock.
     *
     * @return what was run
     * @throws DatabaseException as {@link #pending}, where rights are missing, or where a migration fails
     */
    public List<PendingMigration> migrate() {
        return migrate(line -> {});
    }

    /**
     * The same.
     *
     * @param waiting takes a line while another process migrates, and one every few seconds while a migration waits for
     *     a lock: who holds it and what to do
     */
    public List<PendingMigration> migrate(Consumer<String> waiting) {
        List<PendingMigration> pending = pending();
        if (!pending.isEmpty()) {
            requireGrants();
            pending = migrateAlone(waiting);
        }
        legacyRows.backfillAll();
        if (!pending.isEmpty()) {
            analyze();
        }
        return pending;
    }

    /** Nobody has to wait for the database's own statistics of what was written just now. */
    private void analyze() {
        transactions.read(connection -> {
            dialect.analyze(connection);
            return true;
        });
    }

    private void requireGrants() {
        List<String> missing = missingGrants();
        if (!missing.isEmpty()) {
            throw new DatabaseException("The schema cannot be brought up to date: this role lacks rights. Run as the"
                    + " owner of the database: " + String.join(" ", missing));
        }
    }

    /** Several nodes may start at once: one migrates, the others wait for it and find nothing left to do. */
    private List<PendingMigration> migrateAlone(Consumer<String> waiting) {
        try (Connection guard = dataSource.getConnection()) {
            dialect.lockMigrations(guard, waiting);
            try {
                List<PendingMigration> pending = pending();
                if (!pending.isEmpty()) {
                    run(pending.size() == SCRIPTS.size(), waiting);
                }
                return pending;
            } finally {
                dialect.unlockMigrations(guard);
            }
        } catch (SQLException e) {
            throw new DatabaseException("Migrating failed: " + innermost(e), e);
        }
    }

    private void run(boolean first, Consumer<String> waiting) {
        try {
            if (first && tables().has(ExistingTables.SESSIONS)) {
                transactions.read(connection -> {
                    dialect.adopt(connection);
                    return true;
                });
            }
            Flyway flyway = Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:onward-schema/" + dialect.folder())
                    .table(ExistingTables.HISTORY)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .cleanDisabled(true)
                    .validateMigrationNaming(true)
                    .callbacks(new MigrationLockTimeout(dialect))
                    .load();
            new MigrationLockRetry(transactions, dialect, waiting).run(flyway::migrate);
        } catch (FlywayException | OnboardingException e) {
            throw new DatabaseException("A migration failed, and what it began was undone: " + innermost(e), e);
        }
    }

    private ExistingTables tables() {
        return transactions.read(dialect::tables);
    }

    private Set<String> applied(ExistingTables tables) {
        tables.requireHistory();
        return transactions.read(this::applied);
    }

    private Set<String> applied(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT script FROM " + ExistingTables.HISTORY + " WHERE success AND script LIKE 'V%'")) {
            return new HashSet<>(ResultRows.strings(statement));
        }
    }

    private String sql(String script) {
        String path = "/onward-schema/" + dialect.folder() + "/" + script;
        try (InputStream in = Migrations.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of what the database itself said. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
