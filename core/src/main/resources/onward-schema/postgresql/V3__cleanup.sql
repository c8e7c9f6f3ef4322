-- Gives sessions that other software wrote the events and profiles that their columns tell of. Their own columns stay.
CREATE FUNCTION onboarding_take_in(session_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM onboarding_sessions WHERE id = ANY (session_ids) ORDER BY id FOR UPDATE;

    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
    SELECT gen_random_uuid(), s.id, s.user_id, s.flow, s.flow_version, told.type, told.step, s.revision, told.at,
        s.created_at
    FROM onboarding_sessions s
    CROSS JOIN LATERAL (VALUES
        ('started', 'started', s.created_at, true),
        ('step_done', 'first_declaration', coalesce(s.completed_at, s.updated_at), s.first_declaration IS NOT NULL),
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

-- The rule of cleanup, for every door.
CREATE FUNCTION onboarding_is_abandoned(s onboarding_sessions, as_of timestamptz, retention_hours integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT s.completed
        AND s.dismissed_at IS NULL
        AND s.created_at < as_of - make_interval(hours => greatest(
            retention_hours, (SELECT f.retention_hours FROM onboarding_flows f WHERE f.flow = s.flow)))
$$;

-- Chooses. The first two conditions follow from the rule; they are here because the index can serve them.
CREATE FUNCTION onboarding_abandoned(as_of timestamptz, retention_hours integer, most integer)
RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT s.id
    FROM onboarding_sessions s
    WHERE NOT s.completed
        AND s.created_at < as_of - make_interval(hours => retention_hours)
        AND onboarding_is_abandoned(s, as_of, retention_hours)
    ORDER BY s.created_at
    LIMIT most
$$;

-- Deletes those that are abandoned still, and leaves their events. A session that somebody is changing is left alone.
CREATE FUNCTION onboarding_delete_abandoned(session_ids text[], as_of timestamptz, retention_hours integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    chosen text[];
    deleted integer;
BEGIN
    SELECT array_agg(id) INTO chosen FROM (
        SELECT s.id FROM onboarding_sessions s
        WHERE s.id = ANY (session_ids) AND onboarding_is_abandoned(s, as_of, retention_hours)
        ORDER BY s.id
        FOR UPDATE SKIP LOCKED) free;

    PERFORM onboarding_take_in(chosen);

    WITH gone AS (
        DELETE FROM onboarding_sessions s
        WHERE s.id = ANY (chosen) AND onboarding_is_abandoned(s, as_of, retention_hours)
        RETURNING s.*)
    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
    SELECT gen_random_uuid(), id, user_id, flow, flow_version, 'deleted', current_step, revision + 1, now(), created_at
    FROM gone;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

-- The seed's own name; what may stand under it, whatever it takes and returns, is replaced.
DO $$
DECLARE
    standing regprocedure;
BEGIN
    FOR standing IN
        SELECT oid FROM pg_proc
        WHERE proname = 'cleanup_onboarding_sessions' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP ROUTINE ' || standing;
    END LOOP;
END
$$;
-- Whoever calls it finds our tables, whatever their own search_path is.
CREATE FUNCTION cleanup_onboarding_sessions(retention_hours integer DEFAULT 24) RETURNS integer LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    total integer := 0;
    deleted integer;
BEGIN
    IF retention_hours IS NULL OR retention_hours NOT BETWEEN 1 AND 87600 THEN
        RAISE EXCEPTION 'hours must be a whole number from 1 to 87600' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    LOOP
        deleted := onboarding_delete_abandoned(
            ARRAY(SELECT onboarding_abandoned(now(), retention_hours, 500)), now(), retention_hours);
        total := total + deleted;
        EXIT WHEN deleted = 0;
    END LOOP;
    RETURN total;
END
$$;
