package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.transition.Precondition;
import dev.onward.transition.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Checks preconditions within a transaction, and keeps them true until the transaction ends. */
record PreconditionCheck(Dialect dialect) {

    /** Locks the row without changing it. */
    private static final String LOCK_IF_UNMODIFIED = """
            UPDATE onboarding_sessions SET revision = revision
            WHERE \
            """ + VersionCheck.CONDITION;

    private static final String FIND_OPEN_OR_COMPLETED = """
            SELECT id FROM onboarding_sessions
            WHERE user_id = ? AND flow = ? AND (completed OR (dismissed_at IS NULL AND superseded_by IS NULL))
            LIMIT 1
            """;

    private static final String FIND_TO_RESUME = """
            SELECT id FROM onboarding_sessions
            WHERE user_id = ? AND flow = ? AND (completed OR superseded_by IS NULL)
            LIMIT 1
            """;

    /** @return false if one of them does not hold */
    boolean lockAndCheck(Connection connection, List<Precondition> preconditions) throws SQLException {
        for (Precondition precondition : preconditions) {
            boolean holds = switch (precondition) {
                case Precondition.SessionUnmodified(Session session) -> isUnmodified(connection, session);
                case Precondition.NoOpenOrCompletedSession(String user, String flow) ->
                    none(connection, FIND_OPEN_OR_COMPLETED, user, flow);
                case Precondition.NoResumableSession(String user, String flow) ->
                    none(connection, FIND_TO_RESUME, user, flow);
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnmodified(Connection connection, Session session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_IF_UNMODIFIED)) {
            VersionCheck.set(new StatementParameters(statement, dialect), session);
            return statement.executeUpdate() == 1;
        }
    }

    /** There is no row to lock, so transactions with the same precondition take turns. */
    private boolean none(Connection connection, String query, String user, String flow) throws SQLException {
        dialect.acquireLock(connection, "open " + flow + " " + user);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            new StatementParameters(statement, dialect).text(user).text(flow);
            return ResultRows.strings(statement).isEmpty();
        }
    }
}
