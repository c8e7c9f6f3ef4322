-- An event lies where its session lies in time, so the index grows at its end. It stands for two: the one by the ids of
-- sessions was written all over, and nobody looks for an event without its session.
UPDATE onboarding_events e SET session_created_at = s.created_at
FROM onboarding_sessions s
WHERE s.id = e.session_id AND s.created_at <> e.session_created_at;
ALTER TABLE onboarding_events
    DROP CONSTRAINT onboarding_events_once,
    DROP CONSTRAINT onboarding_events_pkey,
    ADD PRIMARY KEY (session_created_at, session_id, revision, type, step);

-- Read backwards it serves as before; forwards it, too, grows at its end.
DROP INDEX onboarding_sessions_newest;
CREATE INDEX onboarding_sessions_newest ON onboarding_sessions (created_at, id);

-- As before, but that it looks for events where they lie now.
CREATE OR REPLACE FUNCTION onboarding_take_in(session_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM onboarding_sessions WHERE id = ANY (session_ids) ORDER BY id FOR UPDATE;

    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
    SELECT gen_random_uuid(), s.id, s.user_id, s.flow, s.flow_version, told.type, told.step, s.revision, told.at,
        s.created_at
    FROM onboarding_sessions s
    CROSS JOIN LATERAL onboarding_declaration_step(s.flow, s.flow_version) AS declaring (step)
    CROSS JOIN LATERAL (VALUES
        ('started', 'started', s.created_at, true),
        ('step_done', declaring.step, coalesce(s.completed_at, s.updated_at),
            s.first_declaration IS NOT NULL AND declaring.step IS NOT NULL),
        ('completed', s.current_step, coalesce(s.completed_at, s.updated_at), s.completed)
    ) AS told (type, step, at, happened)
    WHERE s.id = ANY (session_ids)
        AND told.happened
        AND NOT EXISTS (
            SELECT 1 FROM onboarding_events e
            WHERE e.session_created_at = s.created_at AND e.session_id = s.id AND e.type = told.type
                AND (told.type <> 'step_done' OR e.step = told.step))
    ON CONFLICT DO NOTHING;

    INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
    SELECT s.user_id, s.flow, min(coalesce(s.completed_at, s.updated_at)), coalesce(bool_or(f.onboarding), false)
    FROM onboarding_sessions s
    LEFT JOIN onboarding_flows f ON f.flow = s.flow
    WHERE s.id = ANY (session_ids) AND s.completed AND s.user_id IS NOT NULL
    GROUP BY s.user_id, s.flow
    ORDER BY s.user_id, s.flow
    ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
        WHERE excluded.completed_at < onboarding_profiles.completed_at;

    -- A session that other software wrote back goes on counting behind the events that it had.
    UPDATE onboarding_sessions s
    SET started_recorded = true, completed_recorded = completed, revision = greatest(s.revision, (
        SELECT max(e.revision) FROM onboarding_events e
        WHERE e.session_created_at = s.created_at AND e.session_id = s.id))
    WHERE s.id = ANY (session_ids);
END
$$;
