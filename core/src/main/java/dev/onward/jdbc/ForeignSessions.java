package dev.onward.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/** Finds the sessions that other software wrote, and takes them in. */
record ForeignSessions(Transactions transactions) {
    private static final int BATCH = 500;

    private static final String WAITING = """
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
    long waiting() {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong("waiting");
            }
        });
    }

    /** @return how many sessions were taken in */
    int takeIn() {
        TakeIn takeIn = transactions.dialect().takeIn();
        int total = 0;
        List<String> batch = waitingAfter("");
        while (!batch.isEmpty()) {
            List<String> ids = batch;
            transactions.write(connection -> {
                takeIn.sessions(connection, ids);
                return true;
            });
            total += ids.size();
            batch = waitingAfter(ids.getLast());
        }
        transactions.write(connection -> {
            takeIn.orphans(connection);
            return true;
        });
        return total;
    }

    /** From behind the last batch, so that what is taken in already is not read again and again. */
    private List<String> waitingAfter(String id) {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
                statement.setString(1, id);
                statement.setInt(2, BATCH);
                return Rows.strings(statement);
            }
        });
    }
}
