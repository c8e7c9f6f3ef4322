package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.store.BatchWriter;
import dev.onward.jdbc.store.SessionWriter;
import dev.onward.jdbc.store.TagsColumn;
import dev.onward.jdbc.store.VersionCheck;
import dev.onward.jdbc.transaction.UncertainCommitException;
import dev.onward.kblock.KBlock;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.FlowCompletion;
import dev.onward.transition.Session;
import dev.onward.transition.SessionChange;
import dev.onward.transition.SessionEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a batch of any size with one statement: each table gets its rows as a set. A query before it limits its lock
 * waits; one message to the database contains both, so they are one transaction. The statement commits by itself, so
 * nothing may cancel it: see {@link PostgresConnections}.
 *
 * <p>A session that has changed since it was read, or that another transaction has locked, is left out and written
 * alone. So a batch waits for no session.
 *
 * <p>The batch fails if the id of a new session or of an idempotency record already exists. Ids are unique, so this
 * means that a unit of work was repeated; then all units of the batch are written alone.
 */
record PostgresBatchWriter(WriteLimits limits) implements BatchWriter {

    private static final String BEGIN = """
            INSERT INTO onboarding_sessions
                (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at,
                updated_at, last_active_at, flow, flow_version, answers, revision, claim_secret_hash, started_recorded,
                completed_recorded)
            SELECT id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration,
                created_at, updated_at, last_active_at, flow, flow_version, answers, revision, claim_secret_hash, true,
                completed
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration,
                    created_at, updated_at, last_active_at, flow, flow_version, answers, revision, claim_secret_hash)
            RETURNING id, user_id, flow, flow_version, revision, created_at
            """;

    /**
     * Compares like {@link VersionCheck}, and skips rows that another transaction has locked. Rows of unchanged
     * sessions are left out. The last condition repeats the ids, so that PostgreSQL finds the sessions by key with any
     * join.
     */
    private static final String CHANGE = """
            WITH free AS (
                SELECT id FROM onboarding_sessions WHERE id = ANY (?) FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE onboarding_sessions s
            SET user_id = new.user_id, current_step = new.current_step, completed = new.completed,
                completed_at = coalesce(new.completed_at, s.completed_at), first_kblock_id = new.first_kblock_id,
                first_declaration = new.first_declaration, updated_at = new.updated_at,
                flow_version = new.flow_version, answers = new.answers, dismissed_at = new.dismissed_at,
                superseded_by = new.superseded_by, last_active_at = coalesce(new.last_active_at, s.last_active_at),
                revision = new.revision, claim_secret_hash = coalesce(new.claim_secret_hash, s.claim_secret_hash),
                started_recorded = true, completed_recorded = new.completed
            FROM free, unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration,
                    updated_at, flow_version, answers, dismissed_at, superseded_by, last_active_at, revision,
                    claim_secret_hash, old_revision, old_current_step, old_completed, old_user_id, old_first_kblock_id,
                    old_first_declaration)
            WHERE s.id = new.id
                AND s.id = free.id
                AND s.id = ANY (?)
                AND s.revision = new.old_revision
                AND s.current_step = new.old_current_step
                AND s.completed = new.old_completed
                AND s.user_id IS NOT DISTINCT FROM new.old_user_id
                AND s.first_kblock_id IS NOT DISTINCT FROM new.old_first_kblock_id
                AND s.first_declaration IS NOT DISTINCT FROM new.old_first_declaration
            RETURNING s.id, s.user_id, s.flow, s.flow_version, s.revision, s.created_at
            """;

    private static final String ADD_KBLOCKS = """
            INSERT INTO onboarding_kblocks
                (id, session_id, user_id, layer, title, content, loss, confidence, tags, created_at, updated_at)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, session_id, user_id, layer, title, content, loss, confidence, tags, created_at,
                    updated_at)
            WHERE session_id IN (SELECT id FROM applied)
            """;

    /** Events copy the values of their session. */
    private static final String ADD_EVENTS = """
            INSERT INTO onboarding_events
                (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
            SELECT new.id, s.id, s.user_id, s.flow, s.flow_version, new.type, new.step, s.revision, new.at, s.created_at
            FROM unnest(?, ?, ?, ?, ?) AS new (id, session_id, type, step, at)
            JOIN applied s ON s.id = new.session_id
            """;

    private static final String ADD_COMPLETIONS = """
            INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
            SELECT user_id, flow, min(completed_at), bool_or(onboarding)
            FROM unnest(?, ?, ?, ?, ?) AS new (session_id, user_id, flow, completed_at, onboarding)
            WHERE session_id IN (SELECT id FROM applied)
            GROUP BY user_id, flow
            ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
                WHERE excluded.completed_at < onboarding_profiles.completed_at
            """;

    private static final String ADD_IDEMPOTENCY_RECORDS = """
            INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, session_id, created_at)
            SELECT id, fingerprint, answer, token, session_id, created_at FROM unnest(?, ?, ?, ?, ?, ?, ?)
                AS new (changed_id, id, fingerprint, answer, token, session_id, created_at)
            WHERE changed_id IN (SELECT id FROM applied)
            """;

    /** One table's part of the statement, with its rows and parameters. */
    private record StatementPart<I>(String name, String sql, List<I> rows, ArraySetter<I> setter) {
        String definition() {
            return name + " AS (\n" + sql + ")";
        }

        void set(ArrayParameters columns) throws SQLException {
            setter.set(columns.of(rows));
        }
    }

    @FunctionalInterface
    private interface ArraySetter<I> {
        void set(ArrayParameters.Of<I> columns) throws SQLException;
    }

    private record RecordedSessionEvent(Session session, SessionEvent event) {}

    private record CompletedFlow(Session session, FlowCompletion completion) {}

    private record RecordedAnswer(Session session, IdempotencyRecord idempotencyRecord) {}

    @Override
    public List<Optional<CommitResult>> write(Connection connection, List<UnitOfWork> unitsOfWork) throws SQLException {
        List<SessionChange> changes = unitsOfWork.stream()
                .map(unitOfWork -> unitOfWork.changes().getFirst())
                .toList();
        Set<String> applied = apply(connection, changes, answered(unitsOfWork));
        return changes.stream()
                .map(change -> applied.contains(change.after().id())
                        ? Optional.of(CommitResult.DONE)
                        : Optional.<CommitResult>empty())
                .toList();
    }

    /** @return the ids of the sessions that were unchanged, and are now written */
    private Set<String> apply(Connection connection, List<SessionChange> changes, List<RecordedAnswer> answered)
            throws SQLException {
        List<StatementPart<?>> sessions = needed(
                new StatementPart<>("begun", BEGIN, started(changes), PostgresBatchWriter::setStarted),
                new StatementPart<>("changed", CHANGE, changed(changes), PostgresBatchWriter::setChanged));
        List<StatementPart<?>> childRows = needed(
                new StatementPart<>("kblocks", ADD_KBLOCKS, kblocks(changes), PostgresBatchWriter::setKBlocks),
                new StatementPart<>("events", ADD_EVENTS, events(changes), PostgresBatchWriter::setEvents),
                new StatementPart<>(
                        "completions", ADD_COMPLETIONS, completions(changes), PostgresBatchWriter::setCompletions),
                new StatementPart<>(
                        "idempotency_records",
                        ADD_IDEMPOTENCY_RECORDS,
                        answered,
                        PostgresBatchWriter::setIdempotencyRecords));
        String sql = IndexedPlans.begin(limits) + ";\n" + statement(sessions, childRows);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ArrayParameters columns = new ArrayParameters(statement);
            for (StatementPart<?> part : sessions) {
                part.set(columns);
            }
            for (StatementPart<?> part : childRows) {
                part.set(columns);
            }
            statement.execute();
            return committed(statement);
        }
    }

    private static Set<String> committed(PreparedStatement statement) throws UncertainCommitException {
        try {
            UncertainCommitException.check(statement.getWarnings());
            return ids(statement);
        } catch (UncertainCommitException e) {
            throw e;
        } catch (SQLException e) {
            throw new UncertainCommitException(e);
        }
    }

    /** Reads the second result; the first is that of {@link IndexedPlans#begin}. */
    private static Set<String> ids(PreparedStatement statement) throws SQLException {
        statement.getMoreResults();
        Set<String> ids = new HashSet<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    /** An empty part would cost time and mislead the planner. */
    private static List<StatementPart<?>> needed(StatementPart<?>... parts) {
        return Stream.of(parts).filter(part -> !part.rows().isEmpty()).toList();
    }

    private static String statement(List<StatementPart<?>> sessions, List<StatementPart<?>> childRows) {
        String applied = sessions.stream()
                .map(part -> "SELECT * FROM " + part.name())
                .collect(Collectors.joining(" UNION ALL "));
        return Stream.of(
                        sessions.stream().map(StatementPart::definition),
                        Stream.of("applied AS (" + applied + ")"),
                        childRows.stream().map(StatementPart::definition))
                .flatMap(definitions -> definitions)
                .collect(Collectors.joining(",\n", "WITH ", "\nSELECT id FROM applied"));
    }

    private static List<Session> started(List<SessionChange> changes) {
        return changes.stream()
                .filter(change -> change.before().isEmpty())
                .map(SessionChange::after)
                .toList();
    }

    private static List<SessionChange> changed(List<SessionChange> changes) {
        return changes.stream().filter(change -> change.before().isPresent()).toList();
    }

    private static List<KBlock> kblocks(List<SessionChange> changes) {
        return changes.stream().flatMap(change -> change.kblock().stream()).toList();
    }

    private static List<RecordedSessionEvent> events(List<SessionChange> changes) {
        return changes.stream()
                .flatMap(change ->
                        change.events().stream().map(event -> new RecordedSessionEvent(change.after(), event)))
                .toList();
    }

    private static List<CompletedFlow> completions(List<SessionChange> changes) {
        return changes.stream()
                .flatMap(change ->
                        change.completion().stream().map(completion -> new CompletedFlow(change.after(), completion)))
                .toList();
    }

    private static List<RecordedAnswer> answered(List<UnitOfWork> unitsOfWork) {
        return unitsOfWork.stream()
                .flatMap(unitOfWork -> unitOfWork.idempotencyRecord().stream()
                        .map(idempotencyRecord -> new RecordedAnswer(
                                unitOfWork.changes().getFirst().after(), idempotencyRecord)))
                .toList();
    }

    private static void setStarted(ArrayParameters.Of<Session> sessions) throws SQLException {
        sessions.text(Session::id)
                .optionalText(Session::userId)
                .text(Session::currentStep)
                .bool(Session::completed)
                .optionalTime(Session::completedAt)
                .optionalText(Session::firstKBlockId)
                .optionalText(Session::firstDeclaration)
                .time(Session::createdAt)
                .time(Session::updatedAt)
                .optionalTime(Session::lastActiveAt)
                .text(Session::flow)
                .number(Session::flowVersion)
                .text(session -> session.answerState().answers().json())
                .number(Session::revision)
                .optionalText(session -> session.claimSecret().map(ClaimSecret::text));
    }

    private static void setChanged(ArrayParameters.Of<SessionChange> changes) throws SQLException {
        changes.text(change -> change.after().id())
                .text(change -> change.after().id())
                .optionalText(change -> change.after().userId())
                .text(change -> change.after().currentStep())
                .bool(change -> change.after().completed())
                .optionalTime(PostgresBatchWriter::newCompletedAt)
                .optionalText(change -> change.after().firstKBlockId())
                .optionalText(change -> change.after().firstDeclaration())
                .time(change -> change.after().updatedAt())
                .number(change -> change.after().flowVersion())
                .text(change -> change.after().answerState().answers().json())
                .optionalTime(change -> change.after().dismissedAt())
                .optionalText(change -> change.after().supersededBy())
                .optionalTime(PostgresBatchWriter::newLastActiveAt)
                .number(change -> change.after().revision())
                .optionalText(change -> SessionWriter.newClaimSecret(before(change), change.after()))
                .number(change -> before(change).revision())
                .text(change -> before(change).currentStep())
                .bool(change -> before(change).completed())
                .optionalText(change -> before(change).userId())
                .optionalText(change -> before(change).firstKBlockId())
                .optionalText(change -> before(change).firstDeclaration())
                .text(change -> change.after().id());
    }

    private static Session before(SessionChange change) {
        return change.before().orElseThrow();
    }

    private static Optional<Instant> newCompletedAt(SessionChange change) {
        return change.after()
                .completedAt()
                .filter(time -> !before(change).completedAt().equals(Optional.of(time)));
    }

    private static Optional<Instant> newLastActiveAt(SessionChange change) {
        return change.after()
                .lastActiveAt()
                .filter(time -> !before(change).lastActiveAt().equals(Optional.of(time)));
    }

    private static void setKBlocks(ArrayParameters.Of<KBlock> kblocks) throws SQLException {
        kblocks.text(KBlock::id)
                .text(KBlock::sessionId)
                .optionalText(KBlock::userId)
                .number(KBlock::layer)
                .text(KBlock::title)
                .text(KBlock::content)
                .decimal(kblock -> kblock.loss().value())
                .decimal(kblock -> kblock.loss().confidence())
                .text(kblock -> TagsColumn.format(kblock.tags()))
                .time(KBlock::createdAt)
                .time(KBlock::updatedAt);
    }

    private static void setEvents(ArrayParameters.Of<RecordedSessionEvent> events) throws SQLException {
        events.text(recorded -> recorded.event().id())
                .text(recorded -> recorded.session().id())
                .text(recorded -> recorded.event().type().code())
                .text(recorded -> recorded.event().step())
                .time(recorded -> recorded.event().at());
    }

    private static void setCompletions(ArrayParameters.Of<CompletedFlow> completions) throws SQLException {
        completions
                .text(completed -> completed.session().id())
                .text(completed -> completed.completion().userId())
                .text(completed -> completed.completion().flow())
                .time(completed -> completed.completion().at())
                .bool(completed -> completed.completion().onboarding());
    }

    private static void setIdempotencyRecords(ArrayParameters.Of<RecordedAnswer> idempotencyRecords)
            throws SQLException {
        idempotencyRecords
                .text(answered -> answered.session().id())
                .text(answered -> answered.idempotencyRecord().id())
                .text(answered -> answered.idempotencyRecord().fingerprint())
                .text(answered -> answered.idempotencyRecord().answer())
                .text(answered -> answered.idempotencyRecord().token())
                .optionalText(answered -> answered.idempotencyRecord().sessionId())
                .time(answered -> answered.idempotencyRecord().at());
    }
}
