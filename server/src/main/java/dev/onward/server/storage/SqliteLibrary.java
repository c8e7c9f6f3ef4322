package dev.onward.server.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, extracted from the driver's jar. The driver can extract it by itself, and does so if this
 * class fails. But then it compares both copies byte by byte, which takes a sixth of the start-up time.
 */
final class SqliteLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String TEMPORARY_FOLDER_PROPERTY = "org.sqlite.tmpdir";

    private SqliteLibrary() {}

    /** Does nothing if the library is extracted already, or a system property names its location. */
    static synchronized void load() {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library != null) {
                load(library, name);
            }
        } catch (IOException e) {
            // If nothing can be written, the driver reports it at the first connection.
        }
    }

    private static void load(InputStream library, String name) throws IOException {
        Path folder = Files.createTempDirectory(temporaryFolder(), "onward-sqlite");
        Path file = folder.resolve(name);
        try {
            Files.copy(library, file);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            initialize();
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void initialize() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // Checked by its signature.
            // The driver reports the error again at the first connection.
        }
    }

    private static Path temporaryFolder() {
        return Path.of(Optional.ofNullable(System.getProperty(TEMPORARY_FOLDER_PROPERTY))
                .orElseGet(() -> System.getProperty("java.io.tmpdir")));
    }
}
