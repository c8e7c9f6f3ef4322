package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.session.LongRead;
import java.util.List;

/** Finds and backfills sessions that other software wrote. */
public record LegacyRows(Transactions transactions, Backfill backfill) {
    private static final int BATCH = 500;

    public static final String WAITING = """
            SELECT id FROM onboarding_sessions
            WHERE (NOT started_recorded OR (completed AND NOT completed_recorded)) AND id > ?
            ORDER BY id
            LIMIT ?
            """;

    private static final String COUNT = """
            SELECT count(*) AS waiting FROM onboarding_sessions
            WHERE NOT started_recorded OR (completed AND NOT completed_recorded)
            """;

    /** The number of sessions to backfill. Reads all sessions, so it is slow. */
    public long waiting(LongRead read) {
        return new LongReads(transactions)
                .all(read, COUNT, parameters -> {}, row -> row.getLong("waiting"))
                .getFirst();
    }

    /**
     * Backfills all sessions except locked ones: waiting for one would block everyone who needs another one of its
     * batch.
     *
     * @return the number of backfilled sessions
     */
    public int backfillAll() {
        int total = 0;
        List<String> batch = waitingAfter("");
        while (!batch.isEmpty()) {
            List<String> ids = batch;
            total += transactions.write(connection -> {
                List<String> free = backfill.lock(connection, ids);
                backfill.sessions(connection, free);
                return free.size();
            });
            batch = waitingAfter(ids.getLast());
        }
        return total;
    }

    /** Continues after the last batch, so that backfilled rows are not read again. */
    private List<String> waitingAfter(String id) {
        return transactions.read(connection -> IndexedQuery.page(transactions.dialect(), WAITING)
                .all(connection, to -> to.text(id).number(BATCH), row -> row.getString("id")));
    }
}
