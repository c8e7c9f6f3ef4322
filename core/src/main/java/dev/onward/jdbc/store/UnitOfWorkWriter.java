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

/** Writes a unit of work within a transaction. Recognises one that it has already written. */
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
     * Whether a unit of work is a single change of a session that keeps its user and that only Onward has written,
     * possibly with an idempotency record.
     */
    static boolean plain(UnitOfWork unitOfWork) {
        if (unitOfWork.changes().size() != 1
                || !unitOfWork.preconditions().isEmpty()
                || unitOfWork.release().isPresent()) {
            return false;
        }
        SessionChange change = unitOfWork.changes().getFirst();
        boolean onlyOnward = change.before().map(Session::recorded).orElse(true);
        boolean userChanged = change.before().isPresent()
                && !change.before().get().userId().equals(change.after().userId());
        return onlyOnward && !userChanged && change.movedKBlocks().isEmpty();
    }

    /** On a conflict, nothing remains except backfilled events of sessions that other software wrote. */
    public CommitResult write(Connection connection, UnitOfWork unitOfWork) throws SQLException {
        if (plain(unitOfWork) && unitOfWork.idempotencyRecord().isEmpty()) {
            // A single change writes nothing before its condition is checked.
            return changes.write(connection, unitOfWork.changes().getFirst())
                    ? CommitResult.DONE
                    : CommitResult.CONFLICT;
        }
        for (SessionChange change : unitOfWork.changes()) {
            changes.backfill(connection, change);
        }
        execute(connection, "SAVEPOINT onward_writing");
        CommitResult written = writeAll(connection, unitOfWork);
        if (written == CommitResult.CONFLICT) {
            execute(connection, "ROLLBACK TO SAVEPOINT onward_writing");
        }
        // SQLite copies pages for each open savepoint, and a batch would nest them.
        execute(connection, "RELEASE SAVEPOINT onward_writing");
        return written;
    }

    private CommitResult writeAll(Connection connection, UnitOfWork unitOfWork) throws SQLException {
        if (unitOfWork.idempotencyRecord().isPresent()) {
            switch (idempotencyRecords.write(
                    connection, unitOfWork.idempotencyRecord().get())) {
                case NEW -> {}
                case THIS_REQUEST -> {
                    return CommitResult.DONE;
                }
                case OTHER_REQUEST -> {
                    return CommitResult.DUPLICATE;
                }
            }
        }
        if (unitOfWork.changes().isEmpty()
                && !idempotencyRecords.lockSession(connection, unitOfWork.idempotencyRecord())) {
            return CommitResult.CONFLICT;
        }
        if (!preconditions.lockAndCheck(connection, unitOfWork.preconditions())) {
            // They may fail because this unit of work was already written before its commit was lost.
            return changes.writtenBefore(connection, unitOfWork.changes().getFirst())
                    ? CommitResult.DONE
                    : CommitResult.CONFLICT;
        }
        if (unitOfWork.release().isPresent()) {
            boolean open = count(connection, unitOfWork.release().get());
            if (changes.writtenBefore(connection, unitOfWork.changes().getFirst())) {
                execute(connection, "ROLLBACK TO SAVEPOINT onward_writing");
                return CommitResult.DONE;
            }
            if (!open) {
                return CommitResult.RELEASE_ENDED;
            }
        }
        for (SessionChange change : unitOfWork.changes()) {
            if (!changes.write(connection, change)) {
                return CommitResult.CONFLICT;
            }
        }
        return CommitResult.DONE;
    }

    /**
     * Waits for transactions that end the release or move a session by it, so later reads see their effects.
     *
     * @return false if the release has ended
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
