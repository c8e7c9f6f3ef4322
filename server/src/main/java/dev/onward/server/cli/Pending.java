package dev.onward.server.cli;

import dev.onward.jdbc.Migrations;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a database's schema lacks. */
public final class Pending {
    private Pending() {}

    /** Asks without changing anything: for a file that is not there yet, an empty one elsewhere answers. */
    static List<Migrations.Pending> of(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Sqlite(Path file) when !Files.exists(file) -> ofNothing();
            case DatabaseUrl.Sqlite _, DatabaseUrl.Postgres _ -> ask(url);
        };
    }

    private static List<Migrations.Pending> ask(DatabaseUrl url) {
        try (Storage storage = Storage.forWork(url)) {
            return storage.database().migrations().pending();
        }
    }

    private static List<Migrations.Pending> ofNothing() {
        try {
            Path folder = Files.createTempDirectory("onward");
            try {
                return ask(new DatabaseUrl.Sqlite(folder.resolve("empty.db")));
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

    /** The scripts' names, for a message. */
    public static String names(List<Migrations.Pending> pending) {
        return pending.stream().map(Migrations.Pending::script).collect(Collectors.joining(", "));
    }
}
