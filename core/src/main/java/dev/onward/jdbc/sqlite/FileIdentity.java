package dev.onward.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Distinguishes a file from another one at the same path, without opening it: closing a second descriptor of a SQLite
 * file would release SQLite's locks of this process.
 *
 * @param key device and inode; empty if there is no such file, or the file system has no such numbers
 * @param links the number of names of the file; 0 if there is no such file, 1 if the number is unknown
 */
record FileIdentity(Optional<Object> key, int links) {
    private static final FileIdentity NONE = new FileIdentity(Optional.empty(), 0);

    static FileIdentity of(Path path) {
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                Map<String, Object> stat = Files.readAttributes(path, "unix:fileKey,nlink");
                return new FileIdentity(
                        Optional.ofNullable(stat.get("fileKey")),
                        stat.get("nlink") instanceof Integer links ? links : 1);
            }
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return new FileIdentity(Optional.ofNullable(key), 1);
        } catch (IOException e) {
            return NONE;
        }
    }

    boolean sameFile(FileIdentity other) {
        return key.equals(other.key) && (links == 0) == (other.links == 0);
    }
}
