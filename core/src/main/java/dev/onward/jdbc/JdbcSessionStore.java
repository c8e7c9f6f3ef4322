package dev.onward.jdbc;

import dev.onward.kblock.KBlock;
import dev.onward.session.ClaimSecret;
import dev.onward.session.EventPlace;
import dev.onward.session.FlowChoice;
import dev.onward.session.Position;
import dev.onward.session.Profile;
import dev.onward.session.Receipt;
import dev.onward.session.RecordedEvent;
import dev.onward.session.Session;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionStore;
import dev.onward.session.Writing;
import dev.onward.session.Written;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sessions on SQLite and PostgreSQL. */
record JdbcSessionStore(
        Transactions transactions,
        SessionRows rows,
        WritingWriter writings,
        ReceiptWriter receipts,
        Gathering<String, Optional<Session>> finding,
        Gathering<Writing, Written> writing)
        implements SessionStore, AutoCloseable {

    /** {@code completed} decides before {@code dismissed_at}: other software knows of no dismissal. */
    private static final String FIND_FOR_USER = """
            SELECT * FROM onboarding_sessions
            WHERE user_id = ? AND (completed OR superseded_by IS NULL) AND flow = coalesce(?, flow)
            ORDER BY CASE
                    WHEN completed AND superseded_by IS NULL THEN 1
                    WHEN completed THEN 2
                    WHEN dismissed_at IS NULL THEN 0
                    ELSE 3
                END, created_at DESC, id DESC
            LIMIT 1
            """;

    private static final String ANY_COMPLETED = "SELECT EXISTS (SELECT 1 FROM onboarding_sessions WHERE completed)";

    private static final String FIND_KBLOCK = "SELECT * FROM onboarding_kblocks WHERE id = ?";

    private static final String FIND_COMPLETIONS = """
            SELECT flow, completed_at, onboarding FROM onboarding_profiles WHERE user_id = ?
            """;

    /** What happens at once happens in this order, and each kind of event has a rank of its own. */
    private static final String EVENTS = """
            SELECT * FROM (
                SELECT id, type, step, revision, at, CASE type
                    WHEN 'started' THEN 0 WHEN 'migrated' THEN 1 WHEN 'claimed' THEN 2 WHEN 'step_done' THEN 3
                    WHEN 'skipped' THEN 4 WHEN 'revised' THEN 5 WHEN 'dismissed' THEN 6 WHEN 'reopened' THEN 7
                    WHEN 'exited' THEN 8 WHEN 'completed' THEN 10 WHEN 'confirmed' THEN 11
                    WHEN 'superseded' THEN 12 WHEN 'deleted' THEN 13 ELSE 9 END AS place
                FROM onboarding_events
                WHERE session_created_at = (SELECT created_at FROM onboarding_sessions WHERE id = ?)
                    AND session_id = ? AND revision >= ?
            ) told
            WHERE (revision, place, step) > (?, ?, ?)
            ORDER BY revision, place, step
            LIMIT ?
            """;

    private static final String REPLACE_CLAIM_SECRET = """
            UPDATE onboarding_sessions SET claim_secret_hash = ?
            WHERE id = ? AND claim_secret_hash IS NOT DISTINCT FROM ?
            """;

    private record Completed(String flow, Instant at, boolean onboarding) {}

    static JdbcSessionStore of(Transactions transactions, Batching batching) {
        Dialect dialect = transactions.dialect();
        SessionRows rows = new SessionRows(dialect);
        return new JdbcSessionStore(
                transactions,
                rows,
                new WritingWriter(dialect),
                new ReceiptWriter(dialect),
                new Gathering<>(
                        Batching.Work.FIND, new FindingTogether(transactions, rows), dialect.readersAtOnce(), batching),
                new Gathering<>(
                        Batching.Work.WRITE,
                        new WritingTogether(transactions, new WritingWriter(dialect), dialect.writings()),
                        dialect.writersAtOnce(),
                        batching));
    }

    @Override
    public Optional<Session> find(String id) {
        return finding.serve(id);
    }

    @Override
    public Optional<Session> findForUser(String userId, FlowChoice flow) {
        Optional<String> only = switch (flow) {
            case FlowChoice.Any() -> Optional.empty();
            case FlowChoice.Only(String name) -> Optional.of(name);
        };
        return transactions.read(connection ->
                lookup(FIND_FOR_USER).first(connection, to -> to.text(userId).text(only), rows::session));
    }

    @Override
    public boolean anyCompleted() {
        return transactions.read(connection -> lookup(ANY_COMPLETED)
                .first(connection, _ -> {}, row -> row.getBoolean(1))
                .orElseThrow());
    }

    @Override
    public List<Session> list(SessionFilter filter, int limit) {
        SessionList list = new SessionList(transactions.dialect(), filter);
        return transactions.read(connection -> list.read(connection, limit));
    }

    @Override
    public List<Session> listAfter(Position position, SessionFilter filter, int limit) {
        SessionList list = new SessionList(transactions.dialect(), filter).after(position);
        return transactions.read(connection -> list.read(connection, limit));
    }

    @Override
    public Optional<KBlock> kblock(String id) {
        return transactions.read(connection -> lookup(FIND_KBLOCK).first(connection, to -> to.text(id), rows::kblock));
    }

    @Override
    public Profile profile(String userId) {
        List<Completed> completions = transactions.read(
                connection -> lookup(FIND_COMPLETIONS).all(connection, to -> to.text(userId), this::completed));
        return new Profile(
                userId,
                completions.stream()
                        .filter(Completed::onboarding)
                        .map(Completed::at)
                        .min(Comparator.naturalOrder()),
                completions.stream().collect(Collectors.toMap(Completed::flow, Completed::at)));
    }

    private Completed completed(ResultSet row) throws SQLException {
        return new Completed(
                row.getString("flow"),
                transactions.dialect().time(row, "completed_at").orElseThrow(),
                row.getBoolean("onboarding"));
    }

    @Override
    public List<RecordedEvent> events(String sessionId, EventPlace after, int limit) {
        return transactions.read(connection -> lookup(EVENTS)
                .all(
                        connection,
                        to -> to.text(sessionId)
                                .text(sessionId)
                                .number(after.revision())
                                .number(after.revision())
                                .number(after.rank())
                                .text(after.step())
                                .number(limit),
                        rows::event));
    }

    @Override
    public Optional<Receipt> receipt(String id) {
        return transactions.read(connection -> receipts.find(connection, id));
    }

    @Override
    public void noteActivity(String sessionId, Instant at, Instant unlessAfter) {
        transactions.tryWriting(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(transactions.dialect().noteActivity())) {
                new Parameters(statement, transactions.dialect())
                        .time(at)
                        .text(sessionId)
                        .time(unlessAfter);
                return statement.execute();
            }
        });
    }

    private Lookup lookup(String query) {
        return Lookup.byKey(transactions.dialect(), query);
    }

    @Override
    public void replaceClaimSecret(String sessionId, Optional<ClaimSecret> before, ClaimSecret after) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REPLACE_CLAIM_SECRET)) {
                new Parameters(statement, transactions.dialect())
                        .text(after.text())
                        .text(sessionId)
                        .text(before.map(ClaimSecret::text));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public Written write(Writing writing) {
        return WritingWriter.plain(writing)
                ? this.writing.serve(writing)
                : transactions.write(connection -> writings.write(connection, writing));
    }

    @Override
    public Optional<List<Written>> writeTogether(List<Writing> writings) {
        ReleaseWriter writer = new ReleaseWriter(
                transactions.dialect(), this.writings, transactions.dialect().writings());
        return switch (transactions.writeOnce(connection -> writer.write(connection, writings))) {
            case BatchAttempt.Done<Written>(List<Written> written) -> Optional.of(written);
            case BatchAttempt.Partly<Written> _, BatchAttempt.Failed<Written> _, BatchAttempt.Unknown<Written> _ ->
                Optional.empty();
        };
    }

    /** Finishes what is under way. */
    @Override
    public void close() {
        writing.close();
        finding.close();
    }
}
