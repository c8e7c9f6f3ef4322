package dev.onward.server.cli;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Settings;
import dev.onward.server.storage.SqliteBackup;
import java.nio.file.Path;

/** Restores a backup while no server is running. */
public final class RestoreCommand implements Command {
    private final Console console;

    public RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String description() {
        return "Restores a backup into a SQLite database that no server is using; prints the command for PostgreSQL.";
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
                SqliteBackup.Restored restored = new SqliteBackup(sqlite).restore(file);
                console.out().println("Restored " + file + " to " + sqlite + ".");
                restored.before()
                        .ifPresent(before -> console.out().println("Its previous content is in " + before + "."));
                if (restored.behind()) {
                    console.out()
                            .println("Its schema is behind: run \"./onward migrate\", or start \"./onward serve\".");
                }
            }
            case DatabaseUrl.Postgres postgres -> console.out().println(new PostgresCommands(postgres).restore(file));
        }
        return 0;
    }
}
