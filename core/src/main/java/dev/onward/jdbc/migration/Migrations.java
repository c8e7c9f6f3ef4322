package dev.onward.jdbc.migration;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.jdbc.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Brings the database's schema up to date; a standing {@code onboarding_sessions} of the original is adopted. */
public final class Migrations {
    private final DataSource dataSource;
    private final Transactions transactions;
    private final MigrationDialect dialect;
    private final Backfill backfill;

    public Migrations(DataSource dataSource, Transactions transactions, MigrationDialect dialect, Backfill backfill) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.dialect = dialect;
        this.backfill = backfill;
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
     * @param untouched whether Onward has never finished a migration of this database
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
     * @throws DatabaseException where a table stands that has one of our names and not our columns, or where a development
     *     version of Onward made the tables
     */
    public Schema schema() {
        return read(new SchemaReader(dialect)::read);
    }

    /** The newest version of the schema that this Onward knows. */
    public static String newestVersion() {
        return SchemaVersion.newest(SchemaReader.SCRIPTS);
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
        return read(dialect::missingGrants);
    }

    /**
     * Runs what is pending, then backfills what other software wrote. Where anything was run, ends with statistics. Needs
     * one connection of the data source.
     *
     * <p>If it is interrupted, by a failure or by the end of the process, the next call goes on where it was.
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
        try (SingleConnection connection = new SingleConnection(dataSource, dialect)) {
            Transactions alone = new Transactions(connection, transactions.dialect());
            return new MigrationRun(connection, alone, dialect, backfill, waiting).run();
        }
    }

    /** On a connection that is given back afterwards, so that a pool of one has it again for a migration. */
    private <T> T read(ConnectionCallback<T> work) {
        try (SingleConnection connection = new SingleConnection(dataSource, dialect)) {
            return new Transactions(connection, transactions.dialect()).read(work);
        }
    }
}
