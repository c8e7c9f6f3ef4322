package dev.onward.server.cli;

import dev.onward.jdbc.Database;
import dev.onward.jdbc.DatabaseException;
import dev.onward.jdbc.Migrations;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.MigrationPolicy;
import dev.onward.server.storage.Storage;
import dev.onward.server.storage.StorageException;
import dev.onward.session.OnboardingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the database answers, has our schema, and keeps the same time. */
record DatabaseCheck(DatabaseAccess access, MigrationPolicy migrate) {
    private static final Duration MOST_APART = Duration.ofSeconds(5);

    List<Finding> findings() {
        return switch (access.url()) {
            case DatabaseUrl.Sqlite(Path file)
            when !Files.exists(file) -> List.of(Finding.well("database: the first start makes it in " + file));
            case DatabaseUrl.Sqlite _, DatabaseUrl.Postgres _ -> opened();
        };
    }

    private List<Finding> opened() {
        List<Finding> findings = new ArrayList<>();
        try (Storage storage = Storage.forWork(access)) {
            Database database = storage.database();
            findings.add(Finding.well("database: " + database.product() + " at " + access.url()));
            findings.add(clock(database));
            Migrations.Schema schema = database.migrations().schema();
            if (storage.pooled()) {
                findings.add(Finding.well("pooler: this address leads through a connection pooler, so no statements are"
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
            findings.add(Finding.ill("database: " + e.getMessage()));
        }
        return findings;
    }

    private static Finding clock(Database database) {
        Duration apart =
                Duration.between(database.retention().now(), Instant.now()).abs();
        String text = "clocks: this machine and the database are " + apart.toMillis() + " ms apart";
        return apart.compareTo(MOST_APART) > 0 ? Finding.ill(text + ". Set both by NTP") : Finding.well(text);
    }

    private static Finding newer(Migrations.Newer newer) {
        return new Finding(newer.compatible(), "schema: " + newer.text());
    }

    private Finding schema(Migrations migrations, List<Migrations.Pending> pending, boolean pooled) {
        if (pending.isEmpty()) {
            return Finding.well("schema: up to date");
        }
        String behind = "schema: behind (" + Pending.names(pending) + ")";
        List<String> grants = migrations.missingGrants();
        if (!grants.isEmpty()) {
            return Finding.ill(
                    behind + ", and this role lacks rights to bring it up. Run as the owner of the database: "
                            + String.join(" ", grants));
        }
        if (pooled) {
            return Finding.ill(
                    behind + ", and nothing is migrated through a pooler. Run, with the address of PostgreSQL"
                            + " itself: " + Pending.directCommand(access.url()));
        }
        return switch (migrate) {
            case AUTO -> Finding.well(behind + "; the next start brings it up");
            case CHECK -> Finding.ill(behind + ". Run: ./onward migrate");
        };
    }

    /** Waiting is no fault: the server takes them in by itself. */
    private static Finding waiting(Database database) {
        long waiting = database.waiting();
        return Finding.well(
                waiting == 0
                        ? "sessions of other software: all taken in"
                        : "sessions of other software: " + waiting + " wait for the next housekeeping to be taken in");
    }
}
