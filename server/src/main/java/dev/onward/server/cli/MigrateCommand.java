package dev.onward.server.cli;

import dev.onward.flow.FlowCatalog;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.Migrations;
import dev.onward.server.config.Settings;
import dev.onward.server.storage.Storage;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Brings the database's schema up to date, or says what would be done. */
@CommandLine.Command(name = "migrate", description = "Brings the database's schema up to date.")
public final class MigrateCommand implements Command {
    private final Console console;

    @Option(names = "--print", description = "Prints the SQL that is pending, and runs none of it.")
    private boolean print;

    @Option(names = "--check", description = "Says what is pending; fails where there is something.")
    private boolean check;

    public MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public int run(Settings settings) {
        if (print || check) {
            List<Migrations.Pending> pending = Pending.of(settings.database());
            return print ? print(pending) : check(pending);
        }
        try (Storage storage = Storage.forWork(settings.database())) {
            return migrate(storage.database());
        }
    }

    private int print(List<Migrations.Pending> pending) {
        for (Migrations.Pending migration : pending) {
            console.out().println("-- " + migration.script());
            console.out().println(migration.sql().strip());
            console.out().println();
        }
        if (pending.isEmpty()) {
            console.out().println("-- Nothing is pending: the schema is up to date.");
        }
        return 0;
    }

    private int check(List<Migrations.Pending> pending) {
        if (!pending.isEmpty()) {
            throw new CommandException(
                    "Pending: " + Pending.names(pending) + ". Run \"onward migrate\" to bring the schema up.");
        }
        console.out().println("The schema is up to date.");
        return 0;
    }

    private int migrate(Database database) {
        List<Migrations.Pending> done = database.migrations().migrate();
        database.register(FlowCatalog.builtIn());
        done.forEach(migration -> console.out().println("Ran " + migration.script()));
        console.out().println("The schema is up to date.");
        return 0;
    }
}
