package dev.onward.jdbc;

import dev.onward.session.OnboardingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            "V11.1__last_activity_of_before.sql");

    private final DataSource dataSource;
    private final Transactions transactions;

    Migrations(DataSource dataSource, Transactions transactions) {
        this.dataSource = dataSource;
        this.transactions = transactions;
    }

    /** A migration that has not run yet. */
    public record Pending(String script, String sql) {}

    /**
     * What {@link #migrate} would run, in order; empty where the schema is up to date.
     *
     * @throws DatabaseException where a table stands that has one of our names and not our columns
     */
    public List<Pending> pending() {
        Tables tables = tables();
        Set<String> applied = tables.has(Tables.HISTORY) ? applied(tables) : Set.of();
        if (applied.isEmpty()) {
            tables.requireAdoptable(dialect() instanceof PostgresDialect);
        }
        return SCRIPTS.stream()
                .filter(script -> !applied.contains(script))
                .map(script -> new Pending(script, sql(script)))
                .toList();
    }

    /**
     * Runs what is pending, then takes in what other software wrote.
     *
     * @return what was run
     * @throws DatabaseException as {@link #pending}, or where a migration fails
     */
    public List<Pending> migrate() {
        List<Pending> pending = pending();
        if (!pending.isEmpty()) {
            pending = migrateAlone();
        }
        new ForeignSessions(transactions).takeIn();
        return pending;
    }

    /** Several nodes may start at once: one migrates, the others wait for it and find nothing left to do. */
    private List<Pending> migrateAlone() {
        try (Connection guard = dataSource.getConnection()) {
            dialect().lockMigrations(guard);
            try {
                List<Pending> pending = pending();
                if (!pending.isEmpty()) {
                    run(pending.size() == SCRIPTS.size());
                }
                return pending;
            } finally {
                dialect().unlockMigrations(guard);
            }
        } catch (SQLException e) {
            throw new DatabaseException("Migrating failed: " + innermost(e), e);
        }
    }

    private void run(boolean first) {
        try {
            if (first && tables().has(Tables.SESSIONS)) {
                transactions.read(connection -> {
                    dialect().adopt(connection);
                    return true;
                });
            }
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:dev/onward/jdbc/" + dialect().folder())
                    .table(Tables.HISTORY)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .cleanDisabled(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException | OnboardingException e) {
            throw new DatabaseException("A migration failed, and what it began was undone: " + innermost(e), e);
        }
    }

    private Tables tables() {
        return transactions.read(dialect()::tables);
    }

    private Set<String> applied(Tables tables) {
        tables.requireHistory();
        return transactions.read(this::applied);
    }

    private Set<String> applied(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT script FROM " + Tables.HISTORY + " WHERE success AND script LIKE 'V%'")) {
            return new HashSet<>(Rows.strings(statement));
        }
    }

    private Dialect dialect() {
        return transactions.dialect();
    }

    private String sql(String script) {
        String path = dialect().folder() + "/" + script;
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
