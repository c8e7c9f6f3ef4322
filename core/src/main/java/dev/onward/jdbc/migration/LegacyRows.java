package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.session.ConcurrentBatches;
import dev.onward.session.LongRead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Finds and backfills sessions that other software wrote. */
public record LegacyRows(Transactions transactions, Backfill backfill) {
    /** The number of sessions in a transaction. The original waits for one when it writes to one of them. */
    private static final int BATCH = 500;

    /** The number of sessions to find at once. The next ones are found when all of these are backfilled. */
    private static final int PAGE = 5_000;

    private static final String WAITING = """
            SELECT id, created_at FROM onboarding_sessions
            WHERE (NOT started_recorded OR (completed AND NOT completed_recorded)) %s
            ORDER BY created_at, id
            LIMIT ?
            """;
    private static final String FIRST = WAITING.formatted("");
    private static final String AFTER = WAITING.formatted("AND (created_at, id) > (%s, ?)");

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
     * batch. The oldest sessions come first: a batch then reads and writes adjacent pages of the table and its indexes,
     * which takes half the time of a batch of arbitrary sessions.
     *
     * @return the number of backfilled sessions
     */
    public int backfillAll() {
        ConcurrentBatches batches = new ConcurrentBatches("onward-backfill-", BATCH, backfill.atOnce());
        int total = 0;
        List<Position> page = waiting();
        while (!page.isEmpty()) {
            total += batches.sum(page.stream().map(Position::id).toList(), this::backfill);
            page = waitingAfter(page.getLast());
        }
        return total;
    }

    private int backfill(List<String> ids) {
        return transactions.write(connection -> backfill.sessions(connection, ids));
    }

    private List<Position> waiting() {
        return transactions.read(connection ->
                IndexedQuery.page(transactions.dialect(), FIRST).all(connection, to -> to.number(PAGE), Position::of));
    }

    /** Continues after the last page, so that backfilled rows are not read again. */
    private List<Position> waitingAfter(Position last) {
        return transactions.read(connection -> IndexedQuery.page(transactions.dialect(), after(transactions.dialect()))
                .all(connection, to -> to.text(last.createdAt()).text(last.id()).number(PAGE), Position::of));
    }

    public static String after(Dialect dialect) {
        return AFTER.formatted(dialect.timeOfText());
    }

    /** @param createdAt in the database's own format, so that no digit is lost */
    private record Position(String createdAt, String id) {
        static Position of(ResultSet row) throws SQLException {
            return new Position(row.getString("created_at"), row.getString("id"));
        }
    }
}
