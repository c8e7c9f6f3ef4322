package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Migrates the database's schema. Adopts an existing {@code onboarding_sessions} table of the original software. */
public final class Migrations {
    private final DataSource dataSource;
    private final Transactions transactions;
    private final MigrationDialect dialect;
    private final Backfill backfill;

    public Migrations(DataSource dataSource, Dialect statements, MigrationDialect dialect, Backfill backfill) {
        this.dataSource = dataSource;
        this.transactions = new Transactions(new ConnectionPerCall(dataSource, dialect), statements);
        this.dialect = dialect;
        this.backfill = backfill;
    }

    /** A migration that has not run yet. */
    public record PendingMigration(String script, String sql) {}

    /**
     * The schema of a newer Onward.
     *
     * @param version the schema's version
     * @param known the newest version that this Onward knows
     * @param compatible whether each unknown migration is marked as compatible with the releases before it
     */
    public record Newer(String version, String known, boolean compatible) {

        /** Names both versions, and says what to do if this Onward cannot use the schema. */
        public String text() {
            String versions = "version " + version + ", and this Onward knows versions up to " + known;
            return compatible
                    ? versions + ". The newer one is marked as compatible"
                    : versions + ". The newer one is not marked as compatible: install the Onward that migrated the"
                            + " database, or restore a backup from before (docs/upgrade.md)";
        }
    }

    /**
     * The state of the database's schema, compared with this Onward.
     *
     * @param pending the migrations that {@link #migrate} would run, in order; empty if the schema is up to date or
     *     newer
     * @param untouched whether Onward has never completed a migration of this database
     */
    public record Schema(List<PendingMigration> pending, Optional<Newer> newer, boolean untouched) {
        public Schema {
            pending = List.copyOf(pending);
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
     * @throws DatabaseException if a table has one of Onward's names but other columns, or if a development version of
     *     Onward created the tables
     */
    public Schema schema() {
        return transactions.read(new SchemaReader(dialect)::read);
    }

    /** The newest schema version that this Onward knows. */
    public static String newestVersion() {
        return SchemaVersion.newest(SchemaReader.SCRIPTS);
    }

    /**
     * The migrations that {@link #migrate} would run, in order; empty if the schema is up to date, or newer and
     * compatible.
     *
     * @throws DatabaseException as {@link #schema}, or if the schema is newer and not compatible
     */
    public List<PendingMigration> pending() {
        Schema schema = schema();
        schema.requireUsable();
        return schema.pending();
    }

    /**
     * The SQL statements that grant the database's role the rights that {@link #migrate} needs and that it lacks. The
     * database's owner runs them. Empty if nothing is missing, and on SQLite.
     */
    public List<String> missingGrants() {
        return transactions.read(dialect::missingGrants);
    }

    /**
     * Runs pending migrations, then backfills sessions that other software wrote. If a migration ran, updates the
     * statistics. Needs one connection of the data source, and on PostgreSQL uses two for the backfill if it has them.
     *
     * <p>If it is interrupted, by a failure or by the end of the process, the next call continues.
     *
     * <p>On PostgreSQL, a migration waits for locks only for a fraction of a second, because all other writes queue
     * behind it. If other transactions hold a lock longer, it backs off and retries until it gets the lock.
     *
     * @return the migrations that were run
     * @throws DatabaseException as {@link #pending}, if rights are missing, or if a migration fails
     */
    public List<PendingMigration> migrate() {
        return migrate(line -> {});
    }

    /**
     * Does the same and reports waits.
     *
     * @param waiting is called if another process migrates, and every few seconds while a migration waits for a lock,
     *     with the transaction that holds it and what to do
     */
    public List<PendingMigration> migrate(Consumer<String> waiting) {
        List<PendingMigration> migrated;
        try (SingleConnection connection = new SingleConnection(dataSource, dialect)) {
            Transactions alone = new Transactions(connection, transactions.dialect());
            migrated = new MigrationRun(connection, alone, dialect, waiting).run();
        }
        new LegacyRows(transactions, backfill).backfillAll();
        if (!migrated.isEmpty()) {
            // Without this, plans would rely on outdated statistics until the database updates them itself.
            transactions.read(connection -> {
                dialect.analyze(connection);
                return true;
            });
        }
        return migrated;
    }
}
