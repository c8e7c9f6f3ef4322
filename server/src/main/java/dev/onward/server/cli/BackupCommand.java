package dev.onward.server.cli;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Settings;
import dev.onward.server.storage.SqliteBackup;
import java.nio.file.Files;
import java.nio.file.Path;

/** Backs up the database, also while a server is running. */
public final class BackupCommand implements Command {
    private final Console console;

    public BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String description() {
        return "Backs up a SQLite database to a new file, even while a server is running; prints the command for"
                + " PostgreSQL.";
    }

    @Override
    public String words() {
        return "FILE";
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        Path file = arguments.onlyFile(console);
        switch (settings.database()) {
            case DatabaseUrl.Sqlite sqlite -> {
                if (!Files.exists(sqlite.file())) {
                    throw new CommandException("There is no database " + sqlite.file()
                            + " yet, so there is nothing to back up. Use --db to name another.");
                }
                new SqliteBackup(sqlite).backUp(file);
                console.out().println("Backed up " + sqlite + " to " + file + ".");
            }
            case DatabaseUrl.Postgres postgres -> console.out().println(new PostgresCommands(postgres).dump(file));
        }
        return 0;
    }
}
