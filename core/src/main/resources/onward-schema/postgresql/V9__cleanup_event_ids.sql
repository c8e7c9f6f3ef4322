-- As before, but the time in the ids of the events is written once for all of them: to call a function for each took a
-- tenth of a deletion.
CREATE OR REPLACE FUNCTION onboarding_delete_abandoned(
    session_ids text[], as_of timestamptz, retention_hours integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    chosen text[];
    unrecorded text[];
    millis text := lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0');
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
    SELECT substr(millis, 1, 8) || '-' || substr(millis, 9) || '-7' || substr(gen_random_uuid()::text, 16),
        id, user_id, flow, flow_version, 'deleted', current_step, revision + 1, now(), created_at
    FROM gone;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

DROP FUNCTION onboarding_event_id();
