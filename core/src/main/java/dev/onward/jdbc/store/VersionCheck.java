package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.transition.Session;
import java.sql.SQLException;

/**
 * The condition that a session is unchanged since it was read. It compares more than the revision, because other
 * software changes sessions without changing the revision.
 */
public final class VersionCheck {
    static final String CONDITION = """
            id = ?
                AND revision = ?
                AND current_step = ?
                AND completed = ?
                AND user_id IS NOT DISTINCT FROM ?
                AND first_kblock_id IS NOT DISTINCT FROM ?
                AND first_declaration IS NOT DISTINCT FROM ?
            """;

    private VersionCheck() {}

    static void set(StatementParameters parameters, Session session) throws SQLException {
        parameters
                .text(session.id())
                .number(session.revision())
                .text(session.currentStep())
                .bool(session.completed())
                .text(session.userId())
                .text(session.firstKBlockId())
                .text(session.firstDeclaration());
    }
}
