package dev.onward.jdbc.transaction;

import java.sql.SQLException;

/** A file of a SQLite database has changed since it was opened. The message says how, for people. */
public final class DatabaseFileChangedException extends SQLException {
    /** SQLite's result code for a file that cannot be opened. */
    private static final int CANNOT_OPEN = 14;

    private final String which;

    public DatabaseFileChangedException(String which) {
        super(which, null, CANNOT_OPEN);
        this.which = which;
    }

    /** How the file changed, as the beginning of a sentence. */
    String which() {
        return which;
    }
}
