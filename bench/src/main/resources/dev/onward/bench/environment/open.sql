-- Inserts sessions that have just started: :each for each of :clients clients.
BEGIN;
CREATE TEMPORARY TABLE opened ON COMMIT DROP AS
SELECT md5(:'pool' || '-' || client || '-' || n)::uuid::text AS id, now() AS created_at
FROM generate_series(1, :each) n, generate_series(0, :clients - 1) client;

INSERT INTO onboarding_sessions
    (id, current_step, completed, created_at, updated_at, flow, flow_version, answers, revision, started_recorded,
    completed_recorded)
SELECT id, 'started', false, created_at, created_at, 'genesis', 1, '{}', 1, true, false
FROM opened;

INSERT INTO onboarding_events
    (id, session_id, flow, flow_version, type, step, revision, at, session_created_at)
SELECT gen_random_uuid()::text, id, 'genesis', 1, 'started', 'started', 1, created_at, created_at
FROM opened;
COMMIT;
