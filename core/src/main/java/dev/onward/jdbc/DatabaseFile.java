package dev.onward.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The file that a SQLite connection was opened on. SQLite goes on writing to a file that was deleted or moved away, where
 * nobody will find it again; so before each piece of work one looks whether the same file still stands at its path.
 *
 * @param identity what tells it from another file at the same path; empty where the file system has no such thing
 */
record DatabaseFile(Path path, Optional<Object> identity) {

    /** The file of a connection; empty where the database is in memory. */
    static Optional<DatabaseFile> of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            String file = row.next() ? row.getString("file") : "";
            return file.isEmpty() ? Optional.empty() : Optional.of(at(Path.of(file)));
        } catch (IOException e) {
            throw new SQLException("the database's file is gone", null, SqliteDialect.CANNOT_OPEN, e);
        }
    }

    private static DatabaseFile at(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return new DatabaseFile(path, Optional.ofNullable(key));
    }

    /** @throws SQLException with the code of a file that cannot be opened, where it is gone or another one */
    void requireInPlace() throws SQLException {
        try {
            if (at(path).identity().equals(identity)) {
                return;
            }
        } catch (IOException e) {
            throw new SQLException("the database's file is gone", null, SqliteDialect.CANNOT_OPEN, e);
        }
        throw new SQLException("another file stands where the database's was", null, SqliteDialect.CANNOT_OPEN);
    }
}
