package dev.onward.jdbc.store;

import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.Session;
import dev.onward.transition.SessionChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes all that one writing holds within a transaction; recognises one that it has written before. */
public record UnitOfWorkWriter(
        Dialect dialect,
        SessionWriter changes,
        IdempotencyRecordWriter idempotencyRecords,
        PreconditionCheck preconditions) {

    private static final String COUNT_MOVED = """
            UPDATE onboarding_releases SET moved = moved + 1 WHERE id = ? AND finished_at IS NULL
            """;

    public UnitOfWorkWriter(Dialect dialect, Backfill backfill) {
        this(
                dialect,
                new SessionWriter(dialect, backfill),
                new IdempotencyRecordWriter(dialect),
                new PreconditionCheck(dialect));
    }

    /**
     * Whether a writing is no more than one change of a session that stays its user's and that Onward alone has written,
     * with what was answered to it.
     */
    static boolean plain(UnitOfWork writing) {
        if (writing.changes().size() != 1
                || !writing.preconditions().isEmpty()
                || writing.release().isPresent()) {
            return false;
        }
        SessionChange change = writing.changes().getFirst();
        boolean ours = change.before().map(Session::recorded).orElse(true);
        boolean given = change.before().isPresent()
                && !change.before().get().userId().equals(change.after().userId());
        return ours && !given && change.takenOver().isEmpty();
    }

    /** Of an overtaken writing nothing stays but what it took in of other software's. */
    public CommitResult write(Connection connection, UnitOfWork writing) throws SQLException {
        if (plain(writing) && writing.idempotencyRecord().isEmpty()) {
            // Nothing is written before it is known whether it applies.
            return changes.write(connection, writing.changes().getFirst()) ? CommitResult.DONE : CommitResult.CONFLICT;
        }
        for (SessionChange change : writing.changes()) {
            changes.backfill(connection, change);
        }
        execute(connection, "SAVEPOINT onward_writing");
        CommitResult written = writeAll(connection, writing);
        if (written == CommitResult.CONFLICT) {
            execute(connection, "ROLLBACK TO SAVEPOINT onward_writing");
        }
        // SQLite copies pages for each savepoint that is open, and a batch would open one inside the other.
        execute(connection, "RELEASE SAVEPOINT onward_writing");
        return written;
    }

    private CommitResult writeAll(Connection connection, UnitOfWork writing) throws SQLException {
        if (writing.idempotencyRecord().isPresent()) {
            switch (idempotencyRecords.write(
                    connection, writing.idempotencyRecord().get())) {
                case NEW -> {}
                case OURS -> {
                    return CommitResult.DONE;
                }
                case THEIRS -> {
                    return CommitResult.DUPLICATE;
                }
            }
        }
        if (writing.changes().isEmpty() && !idempotencyRecords.hold(connection, writing.idempotencyRecord())) {
            return CommitResult.CONFLICT;
        }
        if (!preconditions.hold(connection, writing.preconditions())) {
            // They may fail for what this very writing has done before its commit was lost.
            return changes.writtenBefore(connection, writing.changes().getFirst())
                    ? CommitResult.DONE
                    : CommitResult.CONFLICT;
        }
        if (writing.release().isPresent()) {
            boolean open = count(connection, writing.release().get());
            if (changes.writtenBefore(connection, writing.changes().getFirst())) {
                execute(connection, "ROLLBACK TO SAVEPOINT onward_writing");
                return CommitResult.DONE;
            }
            if (!open) {
                return CommitResult.RELEASE_ENDED;
            }
        }
        for (SessionChange change : writing.changes()) {
            if (!changes.write(connection, change)) {
                return CommitResult.CONFLICT;
            }
        }
        return CommitResult.DONE;
    }

    /**
     * Waits for whoever ends the release or moves a session by it at this moment: what is read afterwards stands.
     *
     * @return false where the release is over
     */
    private boolean count(Connection connection, String release) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT_MOVED)) {
            new StatementParameters(statement, dialect).text(release);
            return statement.executeUpdate() == 1;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
