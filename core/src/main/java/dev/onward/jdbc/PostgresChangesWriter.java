package dev.onward.jdbc;

import dev.onward.kblock.KBlock;
import dev.onward.session.Change;
import dev.onward.session.Completion;
import dev.onward.session.Event;
import dev.onward.session.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes changes as sets: one statement for each table, whatever their number. */
record PostgresChangesWriter() implements ChangesWriter {

    private static final String INSERT_SESSIONS = """
            INSERT INTO onboarding_sessions
                (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at,
                updated_at, flow, flow_version, answers, revision, started_recorded, completed_recorded)
            SELECT id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at,
                updated_at, flow, flow_version, answers, revision, true, completed
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration,
                    created_at, updated_at, flow, flow_version, answers, revision)
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """;

    /** As {@link ChangeWriter} updates one. */
    private static final String UPDATE_SESSIONS = """
            UPDATE onboarding_sessions s
            SET user_id = new.user_id, current_step = new.current_step, completed = new.completed,
                completed_at = coalesce(new.completed_at, s.completed_at), first_kblock_id = new.first_kblock_id,
                first_declaration = new.first_declaration, updated_at = new.updated_at,
                flow_version = new.flow_version, answers = new.answers, dismissed_at = new.dismissed_at,
                superseded_by = new.superseded_by, revision = new.revision, started_recorded = true,
                completed_recorded = new.completed
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration,
                    updated_at, flow_version, answers, dismissed_at, superseded_by, revision, old_revision,
                    old_current_step, old_completed, old_user_id, old_first_kblock_id, old_first_declaration)
            WHERE s.id = new.id
                AND s.revision = new.old_revision
                AND s.current_step = new.old_current_step
                AND s.completed = new.old_completed
                AND s.user_id IS NOT DISTINCT FROM new.old_user_id
                AND s.first_kblock_id IS NOT DISTINCT FROM new.old_first_kblock_id
                AND s.first_declaration IS NOT DISTINCT FROM new.old_first_declaration
            RETURNING s.id
            """;

    private static final String INSERT_KBLOCKS = """
            INSERT INTO onboarding_kblocks
                (id, session_id, user_id, layer, title, content, loss, confidence, tags, created_at, updated_at)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_EVENTS = """
            INSERT INTO onboarding_events
                (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String ADD_COMPLETIONS = """
            INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
            SELECT user_id, flow, min(completed_at), bool_or(onboarding)
            FROM unnest(?, ?, ?, ?) AS new (user_id, flow, completed_at, onboarding)
            GROUP BY user_id, flow
            ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
                WHERE excluded.completed_at < onboarding_profiles.completed_at
            """;

    private static final String FIND_EVENTS = """
            SELECT id FROM onboarding_events WHERE id = ANY (?)
            """;

    private record Told(Session session, Event event) {}

    @Override
    public List<Boolean> write(Connection connection, List<Change> changes) throws SQLException {
        Set<String> applied = new HashSet<>();
        applied.addAll(insert(
                connection,
                changes.stream().filter(change -> change.before().isEmpty()).toList()));
        applied.addAll(update(
                connection,
                changes.stream().filter(change -> change.before().isPresent()).toList()));
        List<Change> made = changes.stream()
                .filter(change -> applied.contains(change.after().id()))
                .toList();
        insertKBlocks(
                connection,
                made.stream().flatMap(change -> change.kblock().stream()).toList());
        insertEvents(
                connection,
                made.stream()
                        .flatMap(change -> change.events().stream().map(event -> new Told(change.after(), event)))
                        .toList());
        addCompletions(
                connection,
                made.stream().flatMap(change -> change.completion().stream()).toList());
        Set<String> before = writtenBefore(
                connection,
                changes.stream()
                        .filter(change -> !applied.contains(change.after().id()))
                        .toList());
        return changes.stream()
                .map(change -> applied.contains(change.after().id())
                        || before.contains(change.events().getFirst().id()))
                .toList();
    }

    private static List<String> insert(Connection connection, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_SESSIONS)) {
            new Columns<>(statement, changes.stream().map(Change::after).toList())
                    .text(Session::id)
                    .optionalText(Session::userId)
                    .text(Session::currentStep)
                    .truth(Session::completed)
                    .optionalTime(Session::completedAt)
                    .optionalText(Session::firstKBlockId)
                    .optionalText(Session::firstDeclaration)
                    .time(Session::createdAt)
                    .time(Session::updatedAt)
                    .text(Session::flow)
                    .number(Session::flowVersion)
                    .text(session -> session.work().answers().json())
                    .number(Session::revision);
            return Rows.strings(statement);
        }
    }

    private static List<String> update(Connection connection, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_SESSIONS)) {
            new Columns<>(statement, changes)
                    .text(change -> change.after().id())
                    .optionalText(change -> change.after().userId())
                    .text(change -> change.after().currentStep())
                    .truth(change -> change.after().completed())
                    .optionalTime(PostgresChangesWriter::newCompletedAt)
                    .optionalText(change -> change.after().firstKBlockId())
                    .optionalText(change -> change.after().firstDeclaration())
                    .time(change -> change.after().updatedAt())
                    .number(change -> change.after().flowVersion())
                    .text(change -> change.after().work().answers().json())
                    .optionalTime(change -> change.after().dismissedAt())
                    .optionalText(change -> change.after().supersededBy())
                    .number(change -> change.after().revision())
                    .number(change -> before(change).revision())
                    .text(change -> before(change).currentStep())
                    .truth(change -> before(change).completed())
                    .optionalText(change -> before(change).userId())
                    .optionalText(change -> before(change).firstKBlockId())
                    .optionalText(change -> before(change).firstDeclaration());
            return Rows.strings(statement);
        }
    }

    private static Session before(Change change) {
        return change.before().orElseThrow();
    }

    private static Optional<Instant> newCompletedAt(Change change) {
        return change.after()
                .completedAt()
                .filter(time -> !before(change).completedAt().equals(Optional.of(time)));
    }

    private static void insertKBlocks(Connection connection, List<KBlock> kblocks) throws SQLException {
        if (kblocks.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_KBLOCKS)) {
            new Columns<>(statement, kblocks)
                    .text(KBlock::id)
                    .text(KBlock::sessionId)
                    .optionalText(KBlock::userId)
                    .number(KBlock::layer)
                    .text(KBlock::title)
                    .text(KBlock::content)
                    .decimal(kblock -> kblock.loss().value())
                    .decimal(kblock -> kblock.loss().confidence())
                    .text(kblock -> Tags.format(kblock.tags()))
                    .time(KBlock::createdAt)
                    .time(KBlock::updatedAt);
            statement.executeUpdate();
        }
    }

    private static void insertEvents(Connection connection, List<Told> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_EVENTS)) {
            new Columns<>(statement, events)
                    .text(told -> told.event().id())
                    .text(told -> told.session().id())
                    .optionalText(told -> told.session().userId())
                    .text(told -> told.session().flow())
                    .number(told -> told.session().flowVersion())
                    .text(told -> told.event().type().code())
                    .text(told -> told.event().step())
                    .number(told -> told.session().revision())
                    .time(told -> told.event().at())
                    .time(told -> told.session().createdAt());
            statement.executeUpdate();
        }
    }

    private static void addCompletions(Connection connection, List<Completion> completions) throws SQLException {
        if (completions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_COMPLETIONS)) {
            new Columns<>(statement, completions)
                    .text(Completion::userId)
                    .text(Completion::flow)
                    .time(Completion::at)
                    .truth(Completion::onboarding);
            statement.executeUpdate();
        }
    }

    private static Set<String> writtenBefore(Connection connection, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(FIND_EVENTS)) {
            new Columns<>(statement, changes)
                    .text(change -> change.events().getFirst().id());
            return Set.copyOf(Rows.strings(statement));
        }
    }
}
