package dev.onward.server.cli;

import dev.onward.jdbc.Database;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Opens a database that exists and is up to date. It creates and migrates nothing. */
public final class MigratedDatabase {
    private MigratedDatabase() {}

    /** @throws CommandException if there is no database, or its schema is behind */
    public static <T> T with(DatabaseAccess access, Function<Database, T> work) {
        DatabaseUrl url = access.url();
        requireFile(url);
        try (Storage storage = Storage.forWork(access)) {
            List<Migrations.PendingMigration> pending =
                    storage.database().migrations().pending();
            if (!pending.isEmpty()) {
                throw new CommandException("The schema of " + url + " is behind (" + PendingMigrations.names(pending)
                        + "). Run \"./onward migrate\" first.");
            }
            return work.apply(storage.database());
        }
    }

    private static void requireFile(DatabaseUrl url) {
        if (url instanceof DatabaseUrl.Sqlite(Path file) && !Files.exists(file)) {
            throw new CommandException(
                    "There is no database " + file + " yet. Start \"./onward serve\" once, or name another with --db.");
        }
    }
}
