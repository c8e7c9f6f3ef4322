package dev.onward.jdbc.store;

import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.LongReads;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.publishing.OpenSession;
import dev.onward.publishing.Release;
import dev.onward.publishing.ReleaseStore;
import dev.onward.session.LongRead;
import dev.onward.transition.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Releases on SQLite and PostgreSQL. */
public record JdbcReleaseStore(Transactions transactions) implements ReleaseStore {

    private static final String OPEN = """
            SELECT * FROM onboarding_releases WHERE finished_at IS NULL ORDER BY released_at, id
            """;

    private static final String IS_OPEN = "SELECT id FROM onboarding_releases WHERE id = ? AND finished_at IS NULL";

    private static final String NEWEST = """
            SELECT * FROM onboarding_releases WHERE flow = ? ORDER BY released_at DESC, version DESC LIMIT 1
            """;

    private static final String FINISH = """
            UPDATE onboarding_releases SET finished_at = ?, left_behind = ? WHERE id = ? AND finished_at IS NULL
            """;

    private static final String SET_LEFT_BEHIND = """
            UPDATE onboarding_releases SET left_behind = ? WHERE id = ? AND finished_at IS NULL
            """;

    /** Both queries use the index on the creation of open sessions. */
    private static final String OPEN_SESSIONS = """
            SELECT s.*, CAST(s.created_at AS TEXT) AS place
            FROM onboarding_sessions s
            WHERE NOT completed AND dismissed_at IS NULL AND superseded_by IS NULL AND flow = ? AND flow_version <> ?
                AND NOT EXISTS (
                    SELECT 1 FROM onboarding_events e
                    WHERE e.session_created_at = s.created_at AND e.session_id = s.id
                        AND e.type = 'exited' AND e.at >= ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    private static final String OPEN_SESSIONS_AFTER = """
            SELECT s.*, CAST(s.created_at AS TEXT) AS place
            FROM onboarding_sessions s
            WHERE NOT completed AND dismissed_at IS NULL AND superseded_by IS NULL AND flow = ? AND flow_version <> ?
                AND NOT EXISTS (
                    SELECT 1 FROM onboarding_events e
                    WHERE e.session_created_at = s.created_at AND e.session_id = s.id
                        AND e.type = 'exited' AND e.at >= ?)
                AND (created_at, id) > (%s, ?)
            ORDER BY created_at, id
            LIMIT ?
            """;

    /** Every n-th open session in order. Only the chosen ones are read in full. */
    private static final String SAMPLE = """
            SELECT s.*, CAST(s.created_at AS TEXT) AS place, chosen.total
            FROM (
                SELECT id, row_number() OVER (ORDER BY created_at, id) AS number, count(*) OVER () AS total
                FROM onboarding_sessions s
                WHERE NOT completed AND dismissed_at IS NULL AND superseded_by IS NULL AND flow = ?
                    AND flow_version <> ?
                    AND NOT EXISTS (
                        SELECT 1 FROM onboarding_events e
                        WHERE e.session_created_at = s.created_at AND e.session_id = s.id
                            AND e.type = 'exited' AND e.at >= ?)
            ) chosen
            JOIN onboarding_sessions s ON s.id = chosen.id
            WHERE (chosen.number - 1) % ((chosen.total + ? - 1) / ?) = 0
            ORDER BY chosen.number
            """;

    private record SampledSession(long total, OpenSession openSession) {}

    @Override
    public List<Release> open() {
        return transactions.read(connection -> lookup(OPEN).all(connection, parameters -> {}, this::release));
    }

    @Override
    public boolean isOpen(String id) {
        return transactions
                .read(connection -> lookup(IS_OPEN).first(connection, to -> to.text(id), row -> row.getString("id")))
                .isPresent();
    }

    @Override
    public Optional<Release> newest(String flow) {
        return transactions.read(connection -> lookup(NEWEST).first(connection, to -> to.text(flow), this::release));
    }

    @Override
    public void finish(String id, Instant at, long leftBehind) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
                parameters(statement).time(at).number(leftBehind).text(id);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void leftBehind(String id, long sessions) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SET_LEFT_BEHIND)) {
                parameters(statement).number(sessions).text(id);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<OpenSession> openSessions(OutdatedSessions by, int limit) {
        return transactions.read(connection -> page(OPEN_SESSIONS)
                .all(
                        connection,
                        to -> to.text(by.flow())
                                .number(by.version())
                                .time(by.since())
                                .number(limit),
                        this::openSessions));
    }

    @Override
    public List<OpenSession> openSessionsAfter(OpenSession.OpenSessionPosition position, OutdatedSessions by, int limit) {
        String query = OPEN_SESSIONS_AFTER.formatted(transactions.dialect().timeOfText());
        return transactions.read(connection -> page(query)
                .all(
                        connection,
                        to -> to.text(by.flow())
                                .number(by.version())
                                .time(by.since())
                                .text(position.createdAt())
                                .text(position.id())
                                .number(limit),
                        this::openSessions));
    }

    @Override
    public Sample sample(OutdatedSessions by, int limit, LongRead read) {
        List<SampledSession> chosen = new LongReads(transactions)
                .all(
                        read,
                        SAMPLE,
                        to -> to.text(by.flow())
                                .number(by.version())
                                .time(by.since())
                                .number(limit)
                                .number(limit),
                        row -> new SampledSession(row.getLong("total"), openSessions(row)));
        return new Sample(
                chosen.stream().mapToLong(SampledSession::total).findFirst().orElse(0),
                chosen.stream().map(SampledSession::openSession).toList());
    }

    private OpenSession openSessions(ResultSet row) throws SQLException {
        return new OpenSession(
                session(row), new OpenSession.OpenSessionPosition(row.getString("place"), row.getString("id")));
    }

    /** One unreadable row must not hide the others. */
    private Optional<Session> session(ResultSet row) throws SQLException {
        try {
            return Optional.of(new SessionRowMapper(transactions.dialect()).session(row));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Release release(ResultSet row) throws SQLException {
        return new Release(
                row.getString("id"),
                row.getString("flow"),
                row.getInt("version"),
                transactions.dialect().time(row, "released_at").orElseThrow(),
                transactions.dialect().time(row, "finished_at"),
                row.getLong("moved"),
                row.getLong("left_behind"));
    }

    private IndexedQuery lookup(String query) {
        return IndexedQuery.byKey(transactions.dialect(), query);
    }

    private IndexedQuery page(String query) {
        return IndexedQuery.page(transactions.dialect(), query);
    }

    private StatementParameters parameters(PreparedStatement statement) {
        return new StatementParameters(statement, transactions.dialect());
    }
}
