package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.migration.Backfill;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements that correspond to PostgreSQL's function {@code onboarding_backfill}. */
final class SqliteBackfill implements Backfill {
    /** Corresponds to PostgreSQL's function {@code onboarding_declaration_step}, for the session s. */
    private static final String DECLARATION_STEP = """
            CASE WHEN EXISTS (
                SELECT 1 FROM onboarding_flow_versions v WHERE v.flow = s.flow AND v.version = s.flow_version)
            THEN (
                SELECT step.value ->> '$.id'
                FROM onboarding_flow_versions v,
                    json_each(CASE WHEN json_valid(v.definition) THEN v.definition ELSE '{}' END, '$.steps') step
                WHERE v.flow = s.flow AND v.version = s.flow_version
                    AND CASE step.type WHEN 'object' THEN step.value ->> '$.creates' END = 'kblock'
                ORDER BY step.key
                LIMIT 1)
            ELSE 'first_declaration' END
            """;

    private static final String WAITING = """
            SELECT id FROM onboarding_sessions
            WHERE id = ?1 AND (NOT started_recorded OR (completed AND NOT completed_recorded))
            """;

    private static final String ADD_EVENTS = """
            INSERT INTO onboarding_events
                (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
            SELECT lower(hex(randomblob(16))), derived.id, derived.user_id, derived.flow, derived.flow_version,
                derived.type, derived.step, derived.revision, derived.at, derived.created_at
            FROM (
                SELECT id, user_id, flow, flow_version, revision, created_at,
                    'started' AS type, 'started' AS step, created_at AS at, 1 AS happened
                FROM onboarding_sessions WHERE id = ?1
                UNION ALL
                SELECT id, user_id, flow, flow_version, revision, created_at,
                    'step_done', declaring, coalesce(completed_at, updated_at), first_declaration IS NOT NULL
                FROM (SELECT s.*, (%s) AS declaring FROM onboarding_sessions s WHERE id = ?1)
                WHERE declaring IS NOT NULL
                UNION ALL
                SELECT id, user_id, flow, flow_version, revision, created_at,
                    'completed', current_step, coalesce(completed_at, updated_at), completed
                FROM onboarding_sessions WHERE id = ?1
            ) derived
            WHERE derived.happened
                AND NOT EXISTS (
                    SELECT 1 FROM onboarding_events e
                    WHERE e.session_created_at = derived.created_at AND e.session_id = derived.id
                        AND e.type = derived.type AND (derived.type <> 'step_done' OR e.step = derived.step))
            ON CONFLICT DO NOTHING
            """.formatted(DECLARATION_STEP);

    private static final String ADD_PROFILE = """
            INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
            SELECT s.user_id, s.flow, coalesce(s.completed_at, s.updated_at), coalesce(f.onboarding, false)
            FROM onboarding_sessions s
            LEFT JOIN onboarding_flows f ON f.flow = s.flow
            WHERE s.id = ?1 AND s.completed AND s.user_id IS NOT NULL
            ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
                WHERE excluded.completed_at < onboarding_profiles.completed_at
            """;

    private static final String MARK = """
            UPDATE onboarding_sessions
            SET started_recorded = true, completed_recorded = completed, revision = max(revision, coalesce((
                SELECT max(e.revision) FROM onboarding_events e
                WHERE e.session_created_at = onboarding_sessions.created_at
                    AND e.session_id = onboarding_sessions.id), 0))
            WHERE id = ?1
            """;

    /** No other has locked one of them, because SQLite has only one writer. */
    @Override
    public int sessions(Connection connection, List<String> ids) throws SQLException {
        List<String> waiting = waiting(connection, ids);
        for (String sql : List.of(ADD_EVENTS, ADD_PROFILE, MARK)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (String id : waiting) {
                    statement.setString(1, id);
                    statement.executeUpdate();
                }
            }
        }
        return waiting.size();
    }

    private static List<String> waiting(Connection connection, List<String> ids) throws SQLException {
        List<String> waiting = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            for (String id : ids) {
                statement.setString(1, id);
                waiting.addAll(ResultRows.strings(statement));
            }
        }
        return waiting;
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public void session(Connection connection, String id) throws SQLException {
        sessions(connection, List.of(id));
    }
}
