package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.Transactions;
import java.sql.PreparedStatement;
import java.util.List;

/**
 * K-Blocks whose session other software deleted: the original opens SQLite without foreign keys. They are looked for in
 * bounded reads, which keep nobody from writing; only what was found is deleted, by index, in a transaction.
 */
record SqliteOrphanCleanup(Transactions transactions) {
    /** How many sessions one read looks at, and one transaction deletes for, at most. */
    static final int BATCH = 500;

    /** The next sessions that have K-Blocks, whether they are there or not. */
    static final String NEXT = """
            SELECT k.session_id, NOT EXISTS (SELECT 1 FROM onboarding_sessions s WHERE s.id = k.session_id) AS orphaned
            FROM onboarding_kblocks k
            WHERE k.session_id > ?
            GROUP BY k.session_id
            ORDER BY k.session_id
            LIMIT ?
            """;

    /** Somebody may have written the session back. */
    static final String DELETE = """
            DELETE FROM onboarding_kblocks
            WHERE session_id = ?1 AND NOT EXISTS (SELECT 1 FROM onboarding_sessions WHERE id = ?1)
            """;

    private record Owner(String session, boolean orphaned) {}

    /** @return how many sessions' K-Blocks were deleted */
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
