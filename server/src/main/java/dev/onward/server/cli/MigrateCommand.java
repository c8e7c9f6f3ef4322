package dev.onward.server.cli;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.server.config.Settings;
import dev.onward.server.storage.Storage;
import java.util.List;
import org.apache.commons.cli.Option;

/** Migrates the database's schema, or prints the pending migrations. */
public final class MigrateCommand implements Command {
    private static final String PRINT = "--print";
    private static final String CHECK = "--check";

    private final Console console;

    public MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "Migrates the database's schema.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Usage.flag(PRINT, "Prints the pending SQL without running it."),
                Usage.flag(CHECK, "Prints what is pending, and fails if there is anything."));
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        if (arguments.has(PRINT)) {
            return print(PendingMigrations.of(settings.databaseAccess()));
        }
        if (arguments.has(CHECK)) {
            return check(PendingMigrations.schema(settings.databaseAccess()));
        }
        try (Storage storage = Storage.forWork(settings.databaseAccess())) {
            return migrate(settings, storage);
        }
    }

    private int print(List<Migrations.PendingMigration> pending) {
        for (Migrations.PendingMigration migration : pending) {
            console.out().println("-- " + migration.script());
            console.out().println(migration.sql().strip());
            console.out().println();
        }
        if (pending.isEmpty()) {
            console.out().println("-- Nothing is pending: the schema is up to date.");
        }
        return 0;
    }

    private int check(Migrations.Schema schema) {
        schema.requireUsable();
        if (!schema.pending().isEmpty()) {
            throw new CommandException(
                    "Pending: " + PendingMigrations.names(schema.pending()) + ". Run \"./onward migrate\".");
        }
        console.out().println(state(schema));
        return 0;
    }

    private static String state(Migrations.Schema schema) {
        return schema.newer()
                .map(newer -> "The schema is " + newer.text() + ".")
                .orElse("The schema is up to date.");
    }

    private int migrate(Settings settings, Storage storage) {
        Migrations migrations = storage.database().migrations();
        Migrations.Schema schema = migrations.schema();
        schema.requireUsable();
        List<Migrations.PendingMigration> pending = schema.pending();
        if (storage.pooled() && !pending.isEmpty()) {
            throw PendingMigrations.behindPooler(settings.database(), pending);
        }
        List<Migrations.PendingMigration> done = migrations.migrate(console.err()::println);
        done.forEach(migration -> console.out().println("Ran " + migration.script()));
        console.out().println(state(schema));
        return 0;
    }
}
