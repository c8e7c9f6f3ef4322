package dev.onward.jdbc;

import dev.onward.session.Session;
import java.sql.SQLException;

/**
 * That a session stands as it was read. Compares more than the revision: the original changes sessions too, and knows of
 * no revision.
 */
final class AsRead {
    static final String CONDITION = """
            id = ?
                AND revision = ?
                AND current_step = ?
                AND completed = ?
                AND user_id IS NOT DISTINCT FROM ?
                AND first_kblock_id IS NOT DISTINCT FROM ?
                AND first_declaration IS NOT DISTINCT FROM ?
            """;

    private AsRead() {}

    static void set(Parameters parameters, Session session) throws SQLException {
        parameters
                .text(session.id())
                .number(session.revision())
                .text(session.currentStep())
                .truth(session.completed())
                .text(session.userId())
                .text(session.firstKBlockId())
                .text(session.firstDeclaration());
    }
}
