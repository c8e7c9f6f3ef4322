ALTER TABLE onboarding_sessions
    -- When the person last answered, skipped or came back. Null until then, and on what other software alone wrote.
    ADD COLUMN last_active_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE onboarding_events
    -- The same of a session that cleanup deleted: figures count it as they did before. Null in all other events.
    ADD COLUMN session_last_active_at TIMESTAMP WITH TIME ZONE;

-- The rule of cleanup, for every door and for the figures. PostgreSQL inlines it. greatest() ignores nulls.
CREATE FUNCTION onboarding_is_abandoned(
    completed boolean, dismissed_at timestamptz, created_at timestamptz, last_active_at timestamptz,
    flow_hours integer, as_of timestamptz, retention_hours integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT completed
        AND dismissed_at IS NULL
        AND greatest(created_at, last_active_at) < as_of - greatest(retention_hours, flow_hours) * interval '1 hour'
$$;

-- Chooses at most so many, oldest first, from behind a place: a run reads no session twice. The conditions before the
-- rule follow from it; they are here because an index can serve them. Whatever the statistics say, it reads along an
-- index until it has enough, and neither sorts all that is left nor joins it.
CREATE FUNCTION onboarding_abandoned(
    as_of timestamptz, retention_hours integer, after_created_at timestamptz, after_id text, most integer)
RETURNS TABLE (id text, created_at timestamptz) LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
    SELECT s.id::text, s.created_at
    FROM onboarding_sessions s
    WHERE NOT s.completed
        AND s.created_at < as_of - onboarding_abandoned.retention_hours * interval '1 hour'
        AND s.created_at >= after_created_at
        AND (s.created_at, s.id) > (after_created_at, after_id)
        AND onboarding_is_abandoned(
            s.completed, s.dismissed_at, s.created_at, s.last_active_at,
            (SELECT f.retention_hours FROM onboarding_flows f WHERE f.flow = s.flow), as_of,
            onboarding_abandoned.retention_hours)
    ORDER BY s.created_at, s.id
    LIMIT most
$$;

-- As nodes of the version before ask.
CREATE OR REPLACE FUNCTION onboarding_abandoned(as_of timestamptz, retention_hours integer, most integer)
RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT id FROM onboarding_abandoned(as_of, retention_hours, '-infinity', '', most)
$$;

-- As before, by the new rule; the last event says when the person was last there. Each session is looked up by its id
-- and held before the rule is asked, so that no statistics make PostgreSQL read all open sessions for it.
CREATE OR REPLACE FUNCTION onboarding_delete_abandoned(
    session_ids text[], as_of timestamptz, retention_hours integer)
RETURNS integer LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    chosen text[];
    unrecorded text[];
    millis text := lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0');
    deleted integer;
BEGIN
    SELECT array_agg(id), array_agg(id) FILTER (WHERE NOT started_recorded) INTO chosen, unrecorded FROM (
        SELECT s.id, s.started_recorded
        FROM unnest(session_ids) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT * FROM onboarding_sessions WHERE onboarding_sessions.id = wanted.id LIMIT 1 FOR UPDATE SKIP LOCKED) s
        LEFT JOIN onboarding_flows f ON f.flow = s.flow
        WHERE onboarding_is_abandoned(
            s.completed, s.dismissed_at, s.created_at, s.last_active_at, f.retention_hours, as_of,
            onboarding_delete_abandoned.retention_hours)) free;

    IF unrecorded IS NOT NULL THEN
        PERFORM onboarding_take_in(unrecorded);
    END IF;

    WITH gone AS (
        DELETE FROM onboarding_sessions s WHERE s.id = ANY (chosen)
        RETURNING s.id, s.user_id, s.flow, s.flow_version, s.current_step, s.revision, s.created_at, s.last_active_at)
    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at,
        session_last_active_at)
    SELECT substr(millis, 1, 8) || '-' || substr(millis, 9) || '-7' || substr(gen_random_uuid()::text, 16),
        id, user_id, flow, flow_version, 'deleted', current_step, revision + 1, now(), created_at, last_active_at
    FROM gone;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

CREATE OR REPLACE FUNCTION cleanup_onboarding_sessions(retention_hours integer DEFAULT 24)
RETURNS integer LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    total integer := 0;
    batch text[];
    last_created_at timestamptz := '-infinity';
    last_id text := '';
BEGIN
    IF retention_hours IS NULL OR retention_hours NOT BETWEEN 1 AND 87600 THEN
        RAISE EXCEPTION 'hours must be a whole number from 1 to 87600' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    LOOP
        SELECT array_agg(a.id ORDER BY a.created_at, a.id), max(a.created_at) INTO batch, last_created_at
        FROM onboarding_abandoned(now(), retention_hours, last_created_at, last_id, 500) a;
        EXIT WHEN batch IS NULL;
        last_id := batch[array_upper(batch, 1)];
        total := total + onboarding_delete_abandoned(batch, now(), retention_hours);
    END LOOP;
    RETURN total;
END
$$;

-- It finds sessions by their ids alone.
ALTER FUNCTION onboarding_take_in(text[]) SET enable_seqscan = off;

DROP FUNCTION onboarding_is_abandoned(boolean, timestamptz, timestamptz, integer, timestamptz, integer);
