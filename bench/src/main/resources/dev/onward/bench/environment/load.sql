-- Inserts sessions :from to :to with their events, K-Blocks and profiles. Of every ten, one is abandoned, one has just
-- started, and eight have a declaration and are completed.
BEGIN;
CREATE TEMPORARY TABLE loaded ON COMMIT DROP AS
SELECT n,
    md5('session-' || n)::uuid::text AS id,
    md5('kblock-' || n)::uuid::text AS kblock_id,
    CASE WHEN n % 2 = 1 THEN 'user-' || n END AS user_id,
    n % 10 > 1 AS done,
    now() - CASE n % 10
        WHEN 0 THEN make_interval(days => 2, secs => n % 2500000)
        WHEN 1 THEN make_interval(secs => n % 70000)
        ELSE make_interval(secs => n % 30000000)
    END AS created_at
FROM generate_series(:from, :to) n;

INSERT INTO onboarding_sessions
    (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at, updated_at,
    flow, flow_version, answers, revision, started_recorded, completed_recorded)
SELECT id, user_id, CASE WHEN done THEN 'first_declaration' ELSE 'started' END, done,
    CASE WHEN done THEN created_at + interval '5 minutes' END,
    CASE WHEN done THEN kblock_id END,
    CASE WHEN done THEN 'I believe that good tools make people kinder.' END,
    created_at,
    CASE WHEN done THEN created_at + interval '5 minutes' ELSE created_at END,
    'genesis', 1, '{}', CASE WHEN done THEN 2 ELSE 1 END, true, done
FROM loaded;

INSERT INTO onboarding_events
    (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
SELECT gen_random_uuid()::text, id, user_id, 'genesis', 1, 'started', 'started', 1, created_at, created_at
FROM loaded
UNION ALL
SELECT gen_random_uuid()::text, id, user_id, 'genesis', 1, event.type, 'first_declaration', 2,
    created_at + interval '5 minutes', created_at
FROM loaded
CROSS JOIN (VALUES ('step_done'), ('completed')) AS event (type)
WHERE done;

INSERT INTO onboarding_kblocks
    (id, session_id, user_id, layer, title, content, loss, confidence, tags, created_at, updated_at)
SELECT kblock_id, id, user_id, 1, 'I believe that good tools make people kinder.',
    'I believe that good tools make people kinder.', 0.5, 0.5, '["genesis"]', created_at + interval '5 minutes',
    created_at + interval '5 minutes'
FROM loaded
WHERE done;

INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
SELECT user_id, 'genesis', created_at + interval '5 minutes', true
FROM loaded
WHERE done AND user_id IS NOT NULL;
COMMIT;
