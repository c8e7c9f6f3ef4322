package dev.onward.server.cli;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The migrations that a database still needs. */
public final class PendingMigrations {
    private PendingMigrations() {}

    /** The pending migrations, read like {@link #schema}. */
    static List<Migrations.PendingMigration> of(DatabaseAccess access) {
        Migrations.Schema schema = schema(access);
        schema.requireUsable();
        return schema.pending();
    }

    /**
     * Reads the state of the schema without changing anything. For a missing SQLite file, an empty temporary one is
     * read.
     */
    static Migrations.Schema schema(DatabaseAccess access) {
        return switch (access.url()) {
            case DatabaseUrl.Sqlite(Path file) when !Files.exists(file) -> ofNothing();
            case DatabaseUrl.Sqlite _, DatabaseUrl.Postgres _ -> ask(access);
        };
    }

    private static Migrations.Schema ask(DatabaseAccess access) {
        try (Storage storage = Storage.forWork(access)) {
            return storage.database().migrations().schema();
        }
    }

    private static Migrations.Schema ofNothing() {
        try {
            Path folder = Files.createTempDirectory("onward");
            try {
                return ask(DatabaseAccess.to(new DatabaseUrl.Sqlite(folder.resolve("empty.db"))));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The error for a schema that is behind, with a pooler before the database. */
    public static CommandException behindPooler(DatabaseUrl url, List<Migrations.PendingMigration> pending) {
        return new CommandException("The schema of " + url + " is behind (" + names(pending)
                + "), and this address leads through a connection pooler, through which migrations are not safe. Run,"
                + " with the"
                + " address of PostgreSQL itself: " + directCommand(url)
                + ". If the pooler is not in transaction mode, set pooler: none");
    }

    /** The command that migrates, with a placeholder for the host. */
    public static String directCommand(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Postgres postgres -> "./onward migrate --db '" + postgres.at("HOST:PORT") + "'";
            case DatabaseUrl.Sqlite _ -> "./onward migrate";
        };
    }

    /** The names of the scripts, for a message. */
    public static String names(List<Migrations.PendingMigration> pending) {
        return pending.stream().map(Migrations.PendingMigration::script).collect(Collectors.joining(", "));
    }
}
