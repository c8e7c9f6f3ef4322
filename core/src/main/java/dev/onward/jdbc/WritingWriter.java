package dev.onward.jdbc;

import dev.onward.session.Change;
import dev.onward.session.Session;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes all that one writing holds within a transaction; recognises one that it has written before. */
record WritingWriter(Dialect dialect, ChangeWriter changes, ReceiptWriter receipts, PremiseCheck premises) {

    private static final String COUNT_MOVED = """
            UPDATE onboarding_releases SET moved = moved + 1 WHERE id = ? AND finished_at IS NULL
            """;

    WritingWriter(Dialect dialect) {
        this(dialect, new ChangeWriter(dialect), new ReceiptWriter(dialect), new PremiseCheck(dialect));
    }

    /**
     * Whether a writing is no more than one change of a session that stays its user's and that Onward alone has written,
     * with what was answered to it.
     */
    static boolean plain(Writing writing) {
        if (writing.changes().size() != 1
                || !writing.premises().isEmpty()
                || writing.release().isPresent()) {
            return false;
        }
        Change change = writing.changes().getFirst();
        boolean ours = change.before().map(Session::recorded).orElse(true);
        boolean given = change.before().isPresent()
                && !change.before().get().userId().equals(change.after().userId());
        return ours && !given && change.takenOver().isEmpty();
    }

    /** Of an overtaken writing nothing stays but what it took in of other software's. */
    Written write(Connection connection, Writing writing) throws SQLException {
        if (plain(writing) && writing.receipt().isEmpty()) {
            // Nothing is written before it is known whether it applies.
            return changes.write(connection, writing.changes().getFirst()) ? Written.DONE : Written.OVERTAKEN;
        }
        for (Change change : writing.changes()) {
            changes.takeIn(connection, change);
        }
        execute(connection, "SAVEPOINT onward_writing");
        Written written = writeAll(connection, writing);
        if (written == Written.OVERTAKEN) {
            execute(connection, "ROLLBACK TO SAVEPOINT onward_writing");
        }
        // SQLite copies pages for each savepoint that is open, and a batch would open one inside the other.
        execute(connection, "RELEASE SAVEPOINT onward_writing");
        return written;
    }

    private Written writeAll(Connection connection, Writing writing) throws SQLException {
        if (writing.receipt().isPresent()) {
            switch (receipts.write(connection, writing.receipt().get())) {
                case NEW -> {}
                case OURS -> {
                    return Written.DONE;
                }
                case THEIRS -> {
                    return Written.REPEATED;
                }
            }
        }
        if (writing.changes().isEmpty() && !receipts.hold(connection, writing.receipt())) {
            return Written.OVERTAKEN;
        }
        if (!premises.hold(connection, writing.premises())) {
            // They may fail for what this very writing has done before its commit was lost.
            return changes.writtenBefore(connection, writing.changes().getFirst()) ? Written.DONE : Written.OVERTAKEN;
        }
        if (writing.release().isPresent()) {
            boolean open = count(connection, writing.release().get());
            if (changes.writtenBefore(connection, writing.changes().getFirst())) {
                execute(connection, "ROLLBACK TO SAVEPOINT onward_writing");
                return Written.DONE;
            }
            if (!open) {
                return Written.RELEASE_OVER;
            }
        }
        for (Change change : writing.changes()) {
            if (!changes.write(connection, change)) {
                return Written.OVERTAKEN;
            }
        }
        return Written.DONE;
    }

    /**
     * Waits for whoever ends the release or moves a session by it at this moment: what is read afterwards stands.
     *
     * @return false where the release is over
     */
    private boolean count(Connection connection, String release) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT_MOVED)) {
            new Parameters(statement, dialect).text(release);
            return statement.executeUpdate() == 1;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
