package dev.onward.jdbc.transaction;

import dev.onward.jdbc.sqlite.SqliteDialect;
import java.sql.SQLException;

/** A file of a SQLite database is not what it was when it was opened. The message says which; people may read it. */
public final class DatabaseFileChangedException extends SQLException {
    private final String which;

    public DatabaseFileChangedException(String which) {
        super(which, null, SqliteDialect.CANNOT_OPEN);
        this.which = which;
    }

    /** The beginning of a sentence. */
    String which() {
        return which;
    }
}
