package dev.onward.jdbc;

import dev.onward.session.Premise;
import dev.onward.session.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Finds out within a transaction whether what a decision rested on is so, and keeps it so until the transaction ends. */
record PremiseCheck(Dialect dialect) {

    /** Changes nothing, and keeps others from changing it. */
    private static final String HOLD_AS_READ = """
            UPDATE onboarding_sessions SET revision = revision
            WHERE \
            """ + AsRead.CONDITION;

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

    /** @return false where one of them is not so */
    boolean hold(Connection connection, List<Premise> premises) throws SQLException {
        for (Premise premise : premises) {
            boolean holds = switch (premise) {
                case Premise.Stands(Session session) -> stands(connection, session);
                case Premise.NoneOpenOrCompleted(String user, String flow) ->
                    none(connection, FIND_OPEN_OR_COMPLETED, user, flow);
                case Premise.NoneToResume(String user, String flow) -> none(connection, FIND_TO_RESUME, user, flow);
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private boolean stands(Connection connection, Session session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD_AS_READ)) {
            AsRead.set(new Parameters(statement, dialect), session);
            return statement.executeUpdate() == 1;
        }
    }

    /** There is no row to hold, so those who rest on the same take turns. */
    private boolean none(Connection connection, String query, String user, String flow) throws SQLException {
        dialect.takeTurn(connection, "open " + flow + " " + user);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            new Parameters(statement, dialect).text(user).text(flow);
            return Rows.strings(statement).isEmpty();
        }
    }
}
