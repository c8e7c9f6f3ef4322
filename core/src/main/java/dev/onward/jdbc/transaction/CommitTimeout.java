package dev.onward.jdbc.transaction;

import dev.onward.jdbc.connection.WriteLimits;
import java.sql.SQLException;

/** A commit took longer than {@link WriteLimits#commitWait}. It is not retried, because it may still be running. */
public final class CommitTimeout extends SQLException {
    /** Transaction resolution unknown. */
    private static final String UNKNOWN = "08007";

    public CommitTimeout(SQLException reason) {
        super("a commit was not confirmed in time", UNKNOWN, reason);
    }
}
