package dev.onward.jdbc.store;

import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.batch.GroupCommit;
import dev.onward.jdbc.transaction.BatchResult;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.IndexedQuery;
import dev.onward.jdbc.transaction.StatementParameters;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.kblock.KBlock;
import dev.onward.model.UserProfile;
import dev.onward.session.EventPosition;
import dev.onward.session.FlowFilter;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.session.SessionStore;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Session;
import dev.onward.transition.SessionChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Sessions on SQLite and PostgreSQL. */
public record JdbcSessionStore(
        Transactions transactions,
        SessionRowMapper rows,
        IdempotencyRecordWriter idempotencyRecords,
        ReleaseWriter releases,
        Function<String, Optional<Session>> finding,
        Function<UnitOfWork, CommitResult> writing,
        UnitWrite singleWrite,
        Runnable committed,
        IntSupplier waitingWrites,
        Runnable closing)
        implements SessionStore, AutoCloseable {

    /** {@code completed} takes precedence over {@code dismissed_at}, which other software does not know. */
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

    /** Orders the events of one revision by rank; each type has its own rank. */
    private static final String EVENTS = """
            SELECT * FROM (
                SELECT id, user_id, flow, flow_version, type, step, revision, at, CASE type
                    WHEN 'started' THEN 0 WHEN 'migrated' THEN 1 WHEN 'claimed' THEN 2 WHEN 'step_done' THEN 3
                    WHEN 'skipped' THEN 4 WHEN 'revised' THEN 5 WHEN 'dismissed' THEN 6 WHEN 'reopened' THEN 7
                    WHEN 'exited' THEN 8 WHEN 'completed' THEN 10 WHEN 'confirmed' THEN 11
                    WHEN 'superseded' THEN 12 WHEN 'deleted' THEN 13 ELSE 9 END AS place
                FROM onboarding_events
                WHERE session_created_at = (SELECT created_at FROM onboarding_sessions WHERE id = ?)
                    AND session_id = ? AND revision >= ?
            ) ranked
            WHERE (revision, place, step) > (?, ?, ?)
            ORDER BY revision, place, step
            LIMIT ?
            """;

    private static final String REPLACE_CLAIM_SECRET = """
            UPDATE onboarding_sessions SET claim_secret_hash = ?
            WHERE id = ? AND claim_secret_hash IS NOT DISTINCT FROM ?
            """;

    private record CompletionRow(String flow, Instant at, boolean onboarding) {}

    /** Writes one unit of work within a transaction. */
    @FunctionalInterface
    interface UnitWrite {
        CommitResult on(Connection connection, UnitOfWork unitOfWork) throws SQLException;
    }

    /** A store that batches concurrent calls. Closing it waits for running calls. */
    public static JdbcSessionStore batching(
            Transactions transactions, Backend backend, BatchSettings batching, CommitSignal signal) {
        UnitOfWorkWriter writer = new UnitOfWorkWriter(backend.dialect(), backend.backfill());
        GroupCommit<String, Optional<Session>> finding = new GroupCommit<>(
                BatchSettings.BatchKind.FIND,
                new BatchFind(transactions, new SessionRowMapper(backend.dialect())),
                backend.readersAtOnce(),
                batching);
        GroupCommit<UnitOfWork, CommitResult> writing = new GroupCommit<>(
                BatchSettings.BatchKind.WRITE,
                new BatchWrite(transactions, writer, backend.batchWriter()),
                backend.writersAtOnce(),
                batching);
        return of(
                transactions,
                backend,
                writer,
                finding::execute,
                writing::execute,
                writer::write,
                signal::committed,
                writing::waiting,
                () -> {
                    writing.close();
                    finding.close();
                });
    }

    /** A store for one thread that executes each call by itself, in a transaction that the caller commits. */
    public static JdbcSessionStore direct(Transactions transactions, Backend backend) {
        UnitOfWorkWriter writer = new UnitOfWorkWriter(backend.dialect(), backend.backfill());
        BatchFind finding = new BatchFind(transactions, new SessionRowMapper(backend.dialect()));
        UnitWrite write = (connection, unit) -> {
            CommitResult result = writer.write(connection, unit);
            for (SessionChange change : unit.changes()) {
                backend.orderEvents(connection, change.after().id());
            }
            return result;
        };
        return of(
                transactions,
                backend,
                writer,
                id -> finding.executeSingle(id, System.nanoTime()),
                unit -> transactions.write(connection -> write.on(connection, unit)),
                write,
                () -> {},
                () -> 0,
                () -> {});
    }

    private static JdbcSessionStore of(
            Transactions transactions,
            Backend backend,
            UnitOfWorkWriter writer,
            Function<String, Optional<Session>> finding,
            Function<UnitOfWork, CommitResult> writing,
            UnitWrite singleWrite,
            Runnable committed,
            IntSupplier waitingWrites,
            Runnable closing) {
        Dialect dialect = backend.dialect();
        return new JdbcSessionStore(
                transactions,
                new SessionRowMapper(dialect),
                new IdempotencyRecordWriter(dialect),
                new ReleaseWriter(dialect, writer, backend.batchWriter()),
                finding,
                writing,
                singleWrite,
                committed,
                waitingWrites,
                closing);
    }

    @Override
    public Optional<Session> find(String id) {
        return finding.apply(id);
    }

    @Override
    public Optional<Session> findForUser(String userId, FlowFilter flow) {
        Optional<String> only = switch (flow) {
            case FlowFilter.AnyFlow() -> Optional.empty();
            case FlowFilter.OneFlow(String name) -> Optional.of(name);
        };
        return transactions.read(connection ->
                lookup(FIND_FOR_USER).first(connection, to -> to.text(userId).text(only), rows::session));
    }

    @Override
    public boolean anyCompleted() {
        return transactions.read(connection -> lookup(ANY_COMPLETED)
                .first(connection, parameters -> {}, row -> row.getBoolean(1))
                .orElseThrow());
    }

    @Override
    public List<Session> list(SessionFilter filter, int limit) {
        SessionListQuery list = new SessionListQuery(transactions.dialect(), filter);
        return transactions.read(connection -> list.read(connection, limit));
    }

    @Override
    public List<Session> listAfter(ListPosition position, SessionFilter filter, int limit) {
        SessionListQuery list = new SessionListQuery(transactions.dialect(), filter).after(position);
        return transactions.read(connection -> list.read(connection, limit));
    }

    @Override
    public Optional<KBlock> kblock(String id) {
        return transactions.read(connection -> lookup(FIND_KBLOCK).first(connection, to -> to.text(id), rows::kblock));
    }

    @Override
    public UserProfile profile(String userId) {
        List<CompletionRow> completions = transactions.read(
                connection -> lookup(FIND_COMPLETIONS).all(connection, to -> to.text(userId), this::completed));
        return new UserProfile(
                userId,
                completions.stream()
                        .filter(CompletionRow::onboarding)
                        .map(CompletionRow::at)
                        .min(Comparator.naturalOrder()),
                completions.stream().collect(Collectors.toMap(CompletionRow::flow, CompletionRow::at)));
    }

    private CompletionRow completed(ResultSet row) throws SQLException {
        return new CompletionRow(
                row.getString("flow"),
                transactions.dialect().time(row, "completed_at").orElseThrow(),
                row.getBoolean("onboarding"));
    }

    @Override
    public List<RecordedEvent> events(String sessionId, EventPosition after, int limit) {
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
    public Optional<IdempotencyRecord> idempotencyRecord(String id) {
        return transactions.read(connection -> idempotencyRecords.find(connection, id));
    }

    @Override
    public void recordActivity(String sessionId, Instant at, Instant unlessAfter) {
        transactions.tryWrite(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(transactions.dialect().recordActivity())) {
                new StatementParameters(statement, transactions.dialect())
                        .time(at)
                        .text(sessionId)
                        .time(unlessAfter);
                return statement.execute();
            }
        });
    }

    private IndexedQuery lookup(String query) {
        return IndexedQuery.byKey(transactions.dialect(), query);
    }

    @Override
    public void replaceClaimSecret(String sessionId, Optional<ClaimSecret> before, ClaimSecret after) {
        transactions.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REPLACE_CLAIM_SECRET)) {
                new StatementParameters(statement, transactions.dialect())
                        .text(after.text())
                        .text(sessionId)
                        .text(before.map(ClaimSecret::text));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public CommitResult write(UnitOfWork unitOfWork) {
        CommitResult result = UnitOfWorkWriter.plain(unitOfWork)
                ? writing.apply(unitOfWork)
                : transactions.write(connection -> singleWrite.on(connection, unitOfWork));
        committed.run();
        return result;
    }

    @Override
    public Optional<List<CommitResult>> writeBatch(List<UnitOfWork> unitsOfWork) {
        Optional<List<CommitResult>> results =
                switch (transactions.writeOnce(connection -> releases.write(connection, unitsOfWork))) {
                    case BatchResult.AllDone<CommitResult>(List<CommitResult> written) -> Optional.of(written);
                    case BatchResult.SomeDone<CommitResult> some -> Optional.empty();
                    case BatchResult.NoneDone<CommitResult> none -> Optional.empty();
                    case BatchResult.OutcomeLost<CommitResult> lost -> Optional.empty();
                };
        committed.run();
        return results;
    }

    /** Waits for running calls. */
    @Override
    public void close() {
        closing.run();
    }
}
