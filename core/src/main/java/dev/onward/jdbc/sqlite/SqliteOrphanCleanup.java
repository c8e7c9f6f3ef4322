package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.Transactions;
import java.sql.PreparedStatement;
import java.util.List;

/**
 * Deletes K-Blocks whose session other software deleted, because that software may use SQLite without foreign keys.
 * They are found by bounded reads, which block no writer; a transaction only deletes what was found, by index.
 */
record SqliteOrphanCleanup(Transactions transactions) {
    /** The maximum number of sessions per read and per transaction. */
    static final int BATCH = 500;

    /** The next session ids of K-Blocks, whether the session exists or not. */
    static final String NEXT = """
            SELECT k.session_id, NOT EXISTS (SELECT 1 FROM onboarding_sessions s WHERE s.id = k.session_id) AS orphaned
            FROM onboarding_kblocks k
            WHERE k.session_id > ?
            GROUP BY k.session_id
            ORDER BY k.session_id
            LIMIT ?
            """;

    /** Checks again, because the session may have been restored. */
    static final String DELETE = """
            DELETE FROM onboarding_kblocks
            WHERE session_id = ?1 AND NOT EXISTS (SELECT 1 FROM onboarding_sessions WHERE id = ?1)
            """;

    private record Owner(String session, boolean orphaned) {}

    /** @return the number of sessions whose K-Blocks were deleted */
    int delete() {
        int deleted = 0;
        List<Owner> owners = after("");
        while (!owners.isEmpty()) {
            deleted += delete(
                    owners.stream().filter(Owner::orphaned).map(Owner::session).toList());
            owners = after(owners.getLast().session());
        }
        return deleted;
    }

    private List<Owner> after(String session) {
        return transactions.read(connection -> IndexedQuery.byKey(transactions.dialect(), NEXT)
                .all(
                        connection,
                        to -> to.text(session).number(BATCH),
                        row -> new Owner(row.getString("session_id"), row.getBoolean("orphaned"))));
    }

    private int delete(List<String> sessions) {
        if (sessions.isEmpty()) {
            return 0;
        }
        return transactions.write(connection -> {
            int deleted = 0;
            try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
                for (String session : sessions) {
                    statement.setString(1, session);
                    deleted += Math.min(1, statement.executeUpdate());
                }
            }
            return deleted;
        });
    }
}
