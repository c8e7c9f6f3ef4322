-- Inserts abandoned sessions :from to :to with their events, with the same ids as load.sql.
BEGIN;
CREATE TEMPORARY TABLE loaded ON COMMIT DROP AS
SELECT md5('session-' || n)::uuid::text AS id, now() - make_interval(days => 2, secs => n % 2500000) AS created_at
FROM generate_series(:from, :to) n;

INSERT INTO onboarding_sessions
    (id, current_step, completed, created_at, updated_at, flow, flow_version, answers, revision, started_recorded,
    completed_recorded)
SELECT id, 'started', false, created_at, created_at, 'genesis', 1, '{}', 1, true, false
FROM loaded;

INSERT INTO onboarding_events
    (id, session_id, flow, flow_version, type, step, revision, at, session_created_at)
SELECT gen_random_uuid()::text, id, 'genesis', 1, 'started', 'started', 1, created_at, created_at
FROM loaded;
COMMIT;
