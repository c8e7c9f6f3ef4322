package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.session.LongRead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Finds and backfills sessions that other software wrote. */
public record LegacyRows(Transactions transactions, Backfill backfill) {
    private static final int BATCH = 500;

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
        int total = 0;
        List<Position> batch = waiting();
        while (!batch.isEmpty()) {
            List<String> ids = batch.stream().map(Position::id).toList();
            total += transactions.write(connection -> backfill.sessions(connection, ids));
            batch = waitingAfter(batch.getLast());
        }
        return total;
    }

    private List<Position> waiting() {
        return transactions.read(connection ->
                IndexedQuery.page(transactions.dialect(), FIRST).all(connection, to -> to.number(BATCH), Position::of));
    }

    /** Continues after the last batch, so that backfilled rows are not read again. */
    private List<Position> waitingAfter(Position last) {
        return transactions.read(connection -> IndexedQuery.page(transactions.dialect(), after(transactions.dialect()))
                .all(connection, to -> to.text(last.createdAt()).text(last.id()).number(BATCH), Position::of));
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
