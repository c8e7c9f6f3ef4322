package dev.onward.server.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which is native code in the driver's jar. The driver takes it out by itself too, and does where this
 * has not worked; but it then reads both copies again, byte by byte, which is a sixth of a start.
 */
final class SqliteLibrary {
    private static final String ITS_FOLDER = "org.sqlite.lib.path";
    private static final String TEMPORARY_FOLDER = "org.sqlite.tmpdir";

    private SqliteLibrary() {}

    /** Does nothing where it is loaded, or where a system property says where it is. */
    static synchronized void load() {
        if (System.getProperty(ITS_FOLDER) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library != null) {
                load(library, name);
            }
        } catch (IOException e) {
            // Where nothing can be written, the driver says so at the first connection.
        }
    }

    private static void load(InputStream library, String name) throws IOException {
        Path folder = Files.createTempDirectory(temporaryFolder(), "onward-sqlite");
        Path file = folder.resolve(name);
        try {
            Files.copy(library, file);
            System.setProperty(ITS_FOLDER, folder.toString());
            initialize();
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void initialize() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // as its signature says
            // The driver says it again at the first connection.
        }
    }

    private static Path temporaryFolder() {
        return Path.of(Optional.ofNullable(System.getProperty(TEMPORARY_FOLDER))
                .orElseGet(() -> System.getProperty("java.io.tmpdir")));
    }
}
