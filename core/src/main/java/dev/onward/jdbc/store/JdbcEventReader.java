package dev.onward.jdbc.store;

import dev.onward.event.EventCursor;
import dev.onward.event.EventReader;
import dev.onward.event.PositionedEvent;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads events on SQLite and PostgreSQL. Each read is one statement, because the events and the bound below which none
 * can still commit must come from the same snapshot.
 */
public record JdbcEventReader(Transactions transactions) implements EventReader {

    private static final String AFTER = """
            SELECT position, id, session_id, user_id, flow, flow_version, type, step, revision, at
            FROM onboarding_events
            WHERE (position, revision, id) > (?, ?, ?) AND %s
            ORDER BY position, revision, id
            LIMIT ?
            """;

    private static final String LATEST = """
            SELECT position, revision, id FROM onboarding_events
            WHERE %s
            ORDER BY position DESC, revision DESC, id DESC
            LIMIT 1
            """;

    @Override
    public List<PositionedEvent> after(EventCursor cursor, int limit) {
        return transactions.read(connection -> page(AFTER)
                .all(
                        connection,
                        to -> to.number(cursor.position())
                                .number(cursor.revision())
                                .text(cursor.eventId())
                                .number(limit),
                        this::event));
    }

    @Override
    public EventCursor latest() {
        return transactions
                .read(connection -> page(LATEST).first(connection, to -> {}, JdbcEventReader::cursor))
                .orElse(EventCursor.BEGINNING);
    }

    private IndexedQuery page(String query) {
        Dialect dialect = transactions.dialect();
        return IndexedQuery.page(dialect, query.formatted(dialect.settledEvent()));
    }

    private static EventCursor cursor(ResultSet row) throws SQLException {
        return new EventCursor(row.getLong("position"), row.getLong("revision"), row.getString("id"));
    }

    private PositionedEvent event(ResultSet row) throws SQLException {
        return new PositionedEvent(
                new OnboardingEvent(
                        row.getString("id"),
                        row.getString("session_id"),
                        Optional.ofNullable(row.getString("user_id")),
                        row.getString("flow"),
                        row.getInt("flow_version"),
                        row.getString("type"),
                        row.getString("step"),
                        row.getLong("revision"),
                        transactions.dialect().time(row, "at").orElseThrow()),
                cursor(row));
    }
}
