package dev.onward.server.cli.doctor;

import dev.onward.jdbc.Database;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.model.OnboardingException;
import dev.onward.server.cli.PendingMigrations;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.MigrationPolicy;
import dev.onward.server.storage.Storage;
import dev.onward.server.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks the database: reachable, schema, clock, sessions to backfill. */
record DatabaseCheck(DatabaseAccess access, MigrationPolicy migrate) {
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(5);

    List<CheckResult> findings() {
        return switch (access.url()) {
            case DatabaseUrl.Sqlite(Path file)
            when !Files.exists(file) -> List.of(CheckResult.ok("database: the first start creates it in " + file));
            case DatabaseUrl.Sqlite _, DatabaseUrl.Postgres _ -> opened();
        };
    }

    private List<CheckResult> opened() {
        List<CheckResult> findings = new ArrayList<>();
        try (Storage storage = Storage.forWork(access)) {
            Database database = storage.database();
            findings.add(CheckResult.ok("database: " + database.product() + " at " + access.url()));
            findings.add(clock(database));
            Migrations.Schema schema = database.migrations().schema();
            if (storage.pooled()) {
                findings.add(
                        CheckResult.ok("pooler: this address leads through a connection pooler, so no statements are"
                                + " prepared. If it is not in transaction mode, set pooler: none"));
            }
            findings.add(schema.newer()
                    .map(DatabaseCheck::newer)
                    .orElseGet(() -> schema(database.migrations(), schema.pending(), storage.pooled())));
            if (schema.pending().isEmpty()
                    && schema.newer().map(Migrations.Newer::compatible).orElse(true)) {
                findings.add(waiting(database));
            }
        } catch (StorageException | DatabaseException | OnboardingException e) {
            findings.add(CheckResult.problem("database: " + e.getMessage()));
        }
        return findings;
    }

    private static CheckResult clock(Database database) {
        Duration apart =
                Duration.between(database.retention().now(), Instant.now()).abs();
        String text = "clocks: this machine and the database are " + apart.toMillis() + " ms apart";
        return apart.compareTo(MAX_CLOCK_SKEW) > 0
                ? CheckResult.problem(text + ". Synchronize both with NTP")
                : CheckResult.ok(text);
    }

    private static CheckResult newer(Migrations.Newer newer) {
        return new CheckResult(newer.compatible(), "schema: " + newer.text());
    }

    private CheckResult schema(Migrations migrations, List<Migrations.PendingMigration> pending, boolean pooled) {
        if (pending.isEmpty()) {
            return CheckResult.ok("schema: up to date");
        }
        String behind = "schema: behind (" + PendingMigrations.names(pending) + ")";
        List<String> grants = migrations.missingGrants();
        if (!grants.isEmpty()) {
            return CheckResult.problem(
                    behind + ", and this role lacks the rights to migrate it. Run as the owner of the database: "
                            + String.join(" ", grants));
        }
        if (pooled) {
            return CheckResult.problem(
                    behind + ", and migrations do not run through a pooler. Run, with the address of PostgreSQL"
                            + " itself: " + PendingMigrations.directCommand(access.url()));
        }
        return switch (migrate) {
            case AUTO -> CheckResult.ok(behind + "; the next start migrates it");
            case CHECK -> CheckResult.problem(behind + ". Run: ./onward migrate");
        };
    }

    /** Sessions to backfill are no problem, because the server does it by itself. */
    private static CheckResult waiting(Database database) {
        long waiting = database.waiting();
        return CheckResult.ok(
                waiting == 0
                        ? "sessions of other software: all backfilled"
                        : "sessions of other software: " + waiting
                                + " waiting to be backfilled by the next housekeeping");
    }
}
