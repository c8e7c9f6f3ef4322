package dev.onward.jdbc;

import java.sql.SQLException;

/** A commit took longer than {@link WriteLimits#commitWait}: it is not repeated, since it may still be under way. */
final class CommitTimeout extends SQLException {
    /** Transaction resolution unknown. */
    private static final String UNKNOWN = "08007";

    CommitTimeout(SQLException reason) {
        super("a commit was not confirmed in time", UNKNOWN, reason);
    }
}
