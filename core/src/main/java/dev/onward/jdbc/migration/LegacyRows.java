package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.session.LongRead;
import java.util.List;

/** Finds the sessions that other software wrote, and takes them in. */
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

    /** How many there are. Reads all sessions: not for a hot path. */
    public long waiting(LongRead read) {
        return new LongReads(transactions)
                .all(read, COUNT, parameters -> {}, row -> row.getLong("waiting"))
                .getFirst();
    }

    /**
     * Takes in all but those that somebody is changing: to wait for one would hold up whoever wants another of its batch.
     *
     * @return how many sessions were taken in
     */
    public int backfillAll() {
        int total = 0;
        List<String> batch = waitingAfter("");
        while (!batch.isEmpty()) {
            List<String> ids = batch;
            total += transactions.write(connection -> {
                List<String> free = backfill.free(connection, ids);
                backfill.sessions(connection, free);
                return free.size();
            });
            batch = waitingAfter(ids.getLast());
        }
        return total;
    }

    /** From behind the last batch, so that what is taken in already is not read again and again. */
    private List<String> waitingAfter(String id) {
        return transactions.read(connection -> IndexedQuery.page(transactions.dialect(), WAITING)
                .all(connection, to -> to.text(id).number(BATCH), row -> row.getString("id")));
    }
}
