package dev.onward.jdbc.migration;

import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.migration.Migrations.PendingMigration;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrates one database on one connection. */
final class MigrationRun {
    private final SingleConnection connection;
    private final Transactions transactions;
    private final MigrationDialect dialect;
    private final Consumer<String> waiting;
    private final SchemaReader reader;

    /** @param waiting is called with what the migration is waiting for */
    MigrationRun(
            SingleConnection connection,
            Transactions transactions,
            MigrationDialect dialect,
            Consumer<String> waiting) {
        this.connection = connection;
        this.transactions = transactions;
        this.dialect = dialect;
        this.waiting = waiting;
        this.reader = new SchemaReader(dialect);
    }

    /** @return the migrations that were run */
    List<PendingMigration> run() {
        List<PendingMigration> pending = transactions.read(this::pending);
        if (!pending.isEmpty()) {
            requireGrants();
            pending = migrate();
        }
        return pending;
    }

    private List<PendingMigration> pending(Connection on) throws SQLException {
        Migrations.Schema schema = reader.read(on);
        schema.requireUsable();
        return schema.pending();
    }

    private void requireGrants() {
        List<String> missing = transactions.read(dialect::missingGrants);
        if (!missing.isEmpty()) {
            throw new DatabaseException("The schema cannot be migrated: this role lacks rights. Run as the"
                    + " owner of the database: " + String.join(" ", missing));
        }
    }

    /** If several nodes start at once, one migrates, and the others wait and find nothing to do. */
    private List<PendingMigration> migrate() {
        try {
            return dialect.oneTransaction() ? inOneTransaction() : stepByStep();
        } catch (FlywayException | OnboardingException e) {
            throw failed(e);
        } catch (SQLException e) {
            throw failed(e);
        } catch (Connections.CommitFailedException e) {
            throw failed(e.reason());
        }
    }

    private static DatabaseException failed(Exception e) {
        return new DatabaseException("A migration failed and was rolled back: " + innermost(e), e);
    }

    /** For SQLite, where a writer blocks all other writers. */
    private List<PendingMigration> inOneTransaction() throws SQLException, Connections.CommitFailedException {
        Connection on = connection.connection();
        // Without these settings, dropping a table would change, or fail because of, objects that refer to it.
        SingleConnection.execute(on, "PRAGMA foreign_keys = OFF");
        SingleConnection.execute(on, "PRAGMA legacy_alter_table = ON");
        try {
            return retrying(() -> connection.write(this::migrateAll));
        } finally {
            SingleConnection.execute(on, "PRAGMA legacy_alter_table = OFF");
            SingleConnection.execute(on, "PRAGMA foreign_keys = ON");
        }
    }

    private List<PendingMigration> migrateAll(Connection on) throws SQLException {
        List<PendingMigration> pending = pending(on);
        if (!pending.isEmpty()) {
            for (AdoptionStep step : adoption(on)) {
                run(on, step);
            }
            flyway(SharedConnection.inTransactionOf(on)).load().migrate();
        }
        return pending;
    }

    /** For PostgreSQL: each step is a transaction, which holds its locks only briefly. */
    private List<PendingMigration> stepByStep() throws SQLException, Connections.CommitFailedException {
        Connection on = connection.connection();
        dialect.lockMigrations(on, waiting);
        try {
            List<PendingMigration> pending = pending(on);
            if (!pending.isEmpty()) {
                Flyway flyway = flyway(SharedConnection.of(on)).load();
                adopt(flyway);
                retrying(() -> flyway.migrate().success);
                raiseEventPositions();
            }
            return pending;
        } finally {
            unlock(on);
        }
    }

    private void unlock(Connection on) {
        try {
            dialect.unlockMigrations(on);
        } catch (SQLException e) {
            // The connection is broken, which releases the lock; the first exception is the useful one.
        }
    }

    /** Creates the history first, so that Onward's columns are recognised if the adoption is interrupted. */
    private void adopt(Flyway flyway) throws SQLException, Connections.CommitFailedException {
        Connection on = connection.connection();
        boolean more = !adoption(on).isEmpty();
        if (more && !dialect.tables(on).has(ExistingTables.HISTORY)) {
            flyway.baseline();
        }
        while (more) {
            more = retrying(() -> runNextStep(on));
        }
    }

    /**
     * Each attempt finds the first missing step again: an index whose creation timed out exists, is invalid, and has to
     * be dropped before the next attempt.
     *
     * @return whether more steps are missing
     */
    private boolean runNextStep(Connection on) throws SQLException, Connections.CommitFailedException {
        AdoptionStep step = reader.adoption(on).getFirst();
        if (step.concurrent()) {
            dialect.runConcurrently(on, step.statements().getFirst());
        } else {
            connection.write(same -> {
                dialect.limitLockWait(same);
                run(same, step);
                return true;
            });
        }
        List<AdoptionStep> missing = reader.adoption(on);
        if (missing.contains(step)) {
            throw new IllegalStateException("The step has no effect: " + step.name());
        }
        return !missing.isEmpty();
    }

    private List<AdoptionStep> adoption(Connection on) throws SQLException {
        return reader.read(on).untouched() && dialect.tables(on).has(ExistingTables.SESSIONS)
                ? reader.adoption(on)
                : List.of();
    }

    private static void run(Connection on, AdoptionStep step) throws SQLException {
        for (String statement : step.statements()) {
            SingleConnection.execute(on, statement);
        }
    }

    private void raiseEventPositions() throws SQLException, Connections.CommitFailedException {
        retrying(() -> connection.write(on -> {
            dialect.limitLockWait(on);
            for (PendingMigration raise :
                    dialect.raiseEventPositions(on).stream().toList()) {
                SingleConnection.execute(on, raise.sql());
            }
            return true;
        }));
    }

    private <T> T retrying(MigrationLockRetry.MigrationPart<T> attempt)
            throws SQLException, Connections.CommitFailedException {
        return new MigrationLockRetry(connection.connection(), dialect, waiting).run(attempt);
    }

    private FluentConfiguration flyway(SharedConnection shared) {
        return Flyway.configure()
                .dataSource(shared)
                .locations("classpath:onward-schema/" + dialect.folder())
                .table(ExistingTables.HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                // Flyway shares the connection, so its transactions are those of the migrations.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .callbacks(new MigrationLockTimeout(dialect));
    }

    /** The first line of the database's own message. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
