-- The step that declares in a version of a flow: the first one that makes a K-Block. None where it has no such step, or
-- where somebody has made its definition unreadable. Before anything of a flow is published, it is the seed's.
CREATE FUNCTION onboarding_declaration_step(of_flow text, of_version integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    definition text;
BEGIN
    SELECT v.definition INTO definition
    FROM onboarding_flow_versions v
    WHERE v.flow = of_flow AND v.version = of_version;
    IF NOT FOUND THEN
        RETURN 'first_declaration';
    END IF;
    RETURN (
        SELECT step.value ->> 'id'
        FROM json_array_elements(definition::json -> 'steps') WITH ORDINALITY AS step (value, place)
        WHERE step.value ->> 'creates' = 'kblock'
        ORDER BY step.place
        LIMIT 1);
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END
$$;

-- Gives sessions that other software wrote the events and profiles that their columns tell of. Their own columns stay.
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
            WHERE e.session_id = s.id AND e.type = told.type AND (told.type <> 'step_done' OR e.step = told.step))
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

    -- A session that other software made under an id that was there before goes on counting behind the old events.
    UPDATE onboarding_sessions s
    SET started_recorded = true, completed_recorded = completed, revision = greatest(
        s.revision, (SELECT max(e.revision) FROM onboarding_events e WHERE e.session_id = s.id))
    WHERE s.id = ANY (session_ids);
END
$$;
