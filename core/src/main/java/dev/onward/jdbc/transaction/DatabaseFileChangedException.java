package dev.onward.jdbc.transaction;

import java.sql.SQLException;

/** A file of a SQLite database is not what it was when it was opened. The message says which; people may read it. */
public final class DatabaseFileChangedException extends SQLException {
    /** SQLite's result code for a file that cannot be opened. */
    private static final int CANNOT_OPEN = 14;

    private final String which;

    public DatabaseFileChangedException(String which) {
        super(which, null, CANNOT_OPEN);
        this.which = which;
    }

    /** The beginning of a sentence. */
    String which() {
        return which;
    }
}
