package dev.onward.server;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import dev.onward.server.storage.Storage;
import dev.onward.server.storage.StorageException;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Runs {@link Main} while Java's AOT cache is being created. The training run uses SQLite. Classes that only PostgreSQL
 * needs are loaded by name, and one connection to a closed port loads those that open connections.
 */
final class AotTraining {
    private static final String CACHE_SUFFIX = ".class";
    private static final List<String> PACKAGES = List.of("dev/onward/", "com/zaxxer/hikari/", "org/postgresql/");

    private AotTraining() {}

    public static void main(String[] arguments) throws IOException {
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classes(jar).forEach(AotTraining::load);
        }
        ProcessHandle.current().parent().ifPresent(AotTraining::exitWith);
        Thread.ofPlatform().daemon().start(AotTraining::tryToConnect);
        Main.main(arguments);
    }

    /** Ends this process when the script that started it ends. */
    private static void exitWith(ProcessHandle parent) {
        CompletableFuture<Void> _ =
                parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    }

    /** Tries to connect to a PostgreSQL server that does not exist. */
    private static void tryToConnect() {
        DatabaseUrl unreachable =
                DatabaseUrl.parse("postgresql://onward@127.0.0.1:1/onward").orElseThrow();
        DatabaseAccess access = new DatabaseAccess(unreachable, Pooler.AUTO, Duration.ZERO);
        try (Storage storage = Storage.forServing(access, BatchSettings.defaults())) {
            storage.database().product();
        } catch (StorageException e) {
            // Expected: the port is closed.
        }
    }

    private static List<String> classes(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name ->
                            name.endsWith(CACHE_SUFFIX) && PACKAGES.stream().anyMatch(name::startsWith))
                    .map(name -> name.substring(0, name.length() - CACHE_SUFFIX.length())
                            .replace('/', '.'))
                    .toList();
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, AotTraining.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // The class belongs to an optional library that Onward does not ship.
        }
    }
}
