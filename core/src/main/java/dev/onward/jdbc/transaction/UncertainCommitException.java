package dev.onward.jdbc.transaction;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** A commit was reported as successful, but may be missing on the required standby; or its result could not be read. */
public final class UncertainCommitException extends SQLException {
    /**
     * PostgreSQL warns with this state if the wait for a synchronous standby was cancelled, and still reports success.
     * A trigger of other software may use the same state: then the only harm is a second commit.
     */
    private static final String WARNING = "01000";

    /** Transaction resolution unknown. */
    private static final String UNKNOWN = "08007";

    /** @param reason the warning or failure after the commit */
    public UncertainCommitException(SQLException reason) {
        super("a commit was reported as done without its standby, or its result could not be read", UNKNOWN, reason);
    }

    /** @throws UncertainCommitException if a warning of a commit says that its wait for a standby ended early */
    public static void check(@Nullable SQLWarning warnings) throws UncertainCommitException {
        for (SQLWarning warning = warnings; warning != null; warning = warning.getNextWarning()) {
            if (WARNING.equals(warning.getSQLState())) {
                throw new UncertainCommitException(warning);
            }
        }
    }
}
