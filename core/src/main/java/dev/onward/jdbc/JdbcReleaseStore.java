package dev.onward.jdbc;

import dev.onward.publishing.Release;
import dev.onward.publishing.ReleaseStore;
import dev.onward.publishing.UnderWay;
import dev.onward.session.LongRead;
import dev.onward.session.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The releases on SQLite and PostgreSQL. */
record JdbcReleaseStore(Transactions transactions) implements ReleaseStore {

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

    private static final String LEFT_BEHIND = """
            UPDATE onboarding_releases SET left_behind = ? WHERE id = ? AND finished_at IS NULL
            """;

    /** The index on the creation of what is not completed serves both. */
    private static final String UNDER_WAY = """
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

    private static final String UNDER_WAY_AFTER = """
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

    /** Every so many of them, by their place in the order: what is chosen alone is read in full. */
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

    private record Chosen(long total, UnderWay underWay) {}

    @Override
    public List<Release> open() {
        return transactions.read(connection -> lookup(OPEN).all(connection, _ -> {}, this::release));
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
            try (PreparedStatement statement = connection.prepareStatement(LEFT_BEHIND)) {
                parameters(statement).number(sessions).text(id);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<UnderWay> underWay(Concerned by, int limit) {
        return transactions.read(connection -> page(UNDER_WAY)
                .all(
                        connection,
                        to -> to.text(by.flow())
                                .number(by.version())
                                .time(by.since())
                                .number(limit),
                        this::underWay));
    }

    @Override
    public List<UnderWay> underWayAfter(UnderWay.Place place, Concerned by, int limit) {
        String query = UNDER_WAY_AFTER.formatted(transactions.dialect().timeOfText());
        return transactions.read(connection -> page(query)
                .all(
                        connection,
                        to -> to.text(by.flow())
                                .number(by.version())
                                .time(by.since())
                                .text(place.createdAt())
                                .text(place.id())
                                .number(limit),
                        this::underWay));
    }

    @Override
    public Sample sample(Concerned by, int most, LongRead read) {
        List<Chosen> chosen = new LongReads(transactions)
                .all(
                        read,
                        SAMPLE,
                        to -> to.text(by.flow())
                                .number(by.version())
                                .time(by.since())
                                .number(most)
                                .number(most),
                        row -> new Chosen(row.getLong("total"), underWay(row)));
        return new Sample(
                chosen.stream().mapToLong(Chosen::total).findFirst().orElse(0),
                chosen.stream().map(Chosen::underWay).toList());
    }

    private UnderWay underWay(ResultSet row) throws SQLException {
        return new UnderWay(session(row), new UnderWay.Place(row.getString("place"), row.getString("id")));
    }

    /** One row that somebody has made unreadable must not hide the others. */
    private Optional<Session> session(ResultSet row) throws SQLException {
        try {
            return Optional.of(new SessionRows(transactions.dialect()).session(row));
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

    private Lookup lookup(String query) {
        return Lookup.byKey(transactions.dialect(), query);
    }

    private Lookup page(String query) {
        return Lookup.page(transactions.dialect(), query);
    }

    private Parameters parameters(PreparedStatement statement) {
        return new Parameters(statement, transactions.dialect());
    }
}
