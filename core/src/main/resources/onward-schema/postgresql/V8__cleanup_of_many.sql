-- The rule of cleanup, for every door: written so that PostgreSQL works it out in place, for millions of rows.
CREATE FUNCTION onboarding_is_abandoned(
    completed boolean, dismissed_at timestamptz, created_at timestamptz, flow_hours integer, as_of timestamptz,
    retention_hours integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT completed
        AND dismissed_at IS NULL
        AND created_at < as_of - greatest(retention_hours, flow_hours) * interval '1 hour'
$$;

-- Chooses. The first two conditions follow from the rule; they are here because the index can serve them.
CREATE OR REPLACE FUNCTION onboarding_abandoned(as_of timestamptz, retention_hours integer, most integer)
RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT s.id
    FROM onboarding_sessions s
    LEFT JOIN onboarding_flows f ON f.flow = s.flow
    WHERE NOT s.completed
        AND s.created_at < as_of - onboarding_abandoned.retention_hours * interval '1 hour'
        AND onboarding_is_abandoned(
            s.completed, s.dismissed_at, s.created_at, f.retention_hours, as_of, onboarding_abandoned.retention_hours)
    ORDER BY s.created_at
    LIMIT most
$$;

-- A UUID of version 7 (RFC 9562), as all new events have one: ids that sort by time keep their index cheap.
CREATE FUNCTION onboarding_event_id() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT substr(time, 1, 8) || '-' || substr(time, 9, 4) || '-7' || substr(random, 16, 21)
    FROM (SELECT lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') AS time,
        gen_random_uuid()::text AS random) parts
$$;

-- Deletes those that are abandoned still, and leaves their events. A session that somebody is changing is left alone;
-- one that is locked here stays as it is until it is gone. Only what other software wrote is taken in first.
CREATE OR REPLACE FUNCTION onboarding_delete_abandoned(
    session_ids text[], as_of timestamptz, retention_hours integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    chosen text[];
    unrecorded text[];
    deleted integer;
BEGIN
    SELECT array_agg(id), array_agg(id) FILTER (WHERE NOT started_recorded) INTO chosen, unrecorded FROM (
        SELECT s.id, s.started_recorded
        FROM onboarding_sessions s
        LEFT JOIN onboarding_flows f ON f.flow = s.flow
        WHERE s.id = ANY (session_ids)
            AND onboarding_is_abandoned(
                s.completed, s.dismissed_at, s.created_at, f.retention_hours, as_of,
                onboarding_delete_abandoned.retention_hours)
        ORDER BY s.id
        FOR UPDATE OF s SKIP LOCKED) free;

    IF unrecorded IS NOT NULL THEN
        PERFORM onboarding_take_in(unrecorded);
    END IF;

    WITH gone AS (
        DELETE FROM onboarding_sessions s WHERE s.id = ANY (chosen)
        RETURNING s.id, s.user_id, s.flow, s.flow_version, s.current_step, s.revision, s.created_at)
    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
    SELECT onboarding_event_id(), id, user_id, flow, flow_version, 'deleted', current_step, revision + 1, now(),
        created_at
    FROM gone;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

DROP FUNCTION onboarding_is_abandoned(onboarding_sessions, timestamptz, integer);
