package dev.onward.jdbc.store;

import dev.onward.event.CursorClaim;
import dev.onward.event.EventCursor;
import dev.onward.event.EventCursors;
import dev.onward.jdbc.transaction.DatabaseClock;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.jdbc.transaction.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The cursors on SQLite and PostgreSQL. Each call is a short transaction that finds one row by its key. A retry after a
 * lost commit is harmless, because every condition includes the owner.
 */
public record JdbcEventCursors(Transactions transactions) implements EventCursors {

    private static final String REGISTER = """
            INSERT INTO onboarding_event_cursors (name, position, revision, event_id) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING
            """;

    private static final String FIND = """
            SELECT position, revision, event_id, owner, blocked_until, failures
            FROM onboarding_event_cursors WHERE name = ?
            """;

    private static final String CLAIM = """
            UPDATE onboarding_event_cursors SET owner = ?, blocked_until = ?, updated_at = ?
            WHERE name = ? AND (owner = ? OR blocked_until IS NULL OR blocked_until <= ?)
            """;

    private static final String EXTEND = """
            UPDATE onboarding_event_cursors SET blocked_until = ? WHERE name = ? AND owner = ?
            """;

    private static final String MOVE = """
            UPDATE onboarding_event_cursors
            SET position = ?, revision = ?, event_id = ?, failures = ?, owner = ?, blocked_until = ?, updated_at = ?
            WHERE name = ? AND owner = ?
            """;

    private record CursorRow(CursorClaim claim, Optional<String> owner, Optional<Instant> blockedUntil) {}

    @Override
    public void register(String name, EventCursor from) {
        transactions.write(connection -> update(
                connection,
                REGISTER,
                to -> to.text(name)
                        .number(from.position())
                        .number(from.revision())
                        .text(from.eventId())));
    }

    @Override
    public Optional<EventCursor> available(String name, String owner) {
        return transactions.read(connection -> {
            CursorRow row = find(connection, name);
            boolean free = row.owner().equals(Optional.of(owner))
                    || row.blockedUntil().isEmpty()
                    || !row.blockedUntil().get().isAfter(now(connection));
            return free ? Optional.of(row.claim().cursor()) : Optional.empty();
        });
    }

    private CursorRow find(Connection connection, String name) throws SQLException {
        return IndexedQuery.byKey(dialect(), FIND)
                .first(connection, to -> to.text(name), this::row)
                .orElseThrow(() -> new IllegalStateException("The cursor of the listener " + name
                        + " was deleted from onboarding_event_cursors. Restart to create it again."));
    }

    private CursorRow row(ResultSet row) throws SQLException {
        return new CursorRow(
                new CursorClaim(
                        new EventCursor(row.getLong("position"), row.getLong("revision"), row.getString("event_id")),
                        row.getInt("failures")),
                Optional.ofNullable(row.getString("owner")),
                dialect().time(row, "blocked_until"));
    }

    @Override
    public Optional<CursorClaim> claim(String name, String owner, Duration lease) {
        return transactions.write(connection -> {
            Instant now = now(connection);
            boolean claimed = update(
                    connection,
                    CLAIM,
                    to -> to.text(owner)
                            .time(now.plus(lease))
                            .time(now)
                            .text(name)
                            .text(owner)
                            .time(now));
            return claimed ? Optional.of(find(connection, name).claim()) : Optional.empty();
        });
    }

    @Override
    public void extend(String name, String owner, Duration lease) {
        transactions.write(connection -> {
            Instant until = now(connection).plus(lease);
            return update(connection, EXTEND, to -> to.time(until).text(name).text(owner));
        });
    }

    @Override
    public boolean advance(String name, String owner, CursorClaim to, Duration lease) {
        return move(name, owner, to, Optional.of(owner), lease);
    }

    @Override
    public boolean release(String name, String owner, CursorClaim to, Duration pause) {
        return move(name, owner, to, Optional.empty(), pause);
    }

    private boolean move(String name, String owner, CursorClaim to, Optional<String> next, Duration blocked) {
        return transactions.write(connection -> {
            Instant now = now(connection);
            Optional<Instant> until =
                    Optional.of(blocked).filter(Duration::isPositive).map(now::plus);
            return update(
                    connection,
                    MOVE,
                    set -> set.number(to.cursor().position())
                            .number(to.cursor().revision())
                            .text(to.cursor().eventId())
                            .number(to.failures())
                            .text(next)
                            .time(until)
                            .time(now)
                            .text(name)
                            .text(owner));
        });
    }

    /** @return whether it changed the row */
    private boolean update(Connection connection, String sql, IndexedQuery.ParameterSetter setter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setter.set(new StatementParameters(statement, dialect()));
            return statement.executeUpdate() == 1;
        }
    }

    private Instant now(Connection connection) throws SQLException {
        return DatabaseClock.now(connection, dialect());
    }

    private Dialect dialect() {
        return transactions.dialect();
    }
}
