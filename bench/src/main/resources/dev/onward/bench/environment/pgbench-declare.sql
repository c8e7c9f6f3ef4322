-- Each client declares in the next of its sessions, which open.sql has inserted.
\set n :n + 1
BEGIN;
UPDATE onboarding_sessions
SET user_id = NULL, current_step = 'first_declaration', completed = true, completed_at = coalesce(now(), completed_at),
    first_kblock_id = md5('k-' || :pool::text || '-' || :client_id::text || '-' || :n::text)::uuid::text,
    first_declaration = 'I believe that good tools make people kinder.', updated_at = now(), flow_version = 1,
    answers = '{}', dismissed_at = NULL, superseded_by = NULL, revision = 2, started_recorded = true,
    completed_recorded = true
WHERE id = md5(:pool::text || '-' || :client_id::text || '-' || :n::text)::uuid::text
    AND revision = 1
    AND current_step = 'started'
    AND completed = false
    AND user_id IS NOT DISTINCT FROM NULL
    AND first_kblock_id IS NOT DISTINCT FROM NULL
    AND first_declaration IS NOT DISTINCT FROM NULL;
INSERT INTO onboarding_kblocks
    (id, session_id, user_id, layer, title, content, loss, confidence, tags, created_at, updated_at)
VALUES (md5('k-' || :pool::text || '-' || :client_id::text || '-' || :n::text)::uuid::text,
    md5(:pool::text || '-' || :client_id::text || '-' || :n::text)::uuid::text, NULL, 1,
    'I believe that good tools make people kinder.', 'I believe that good tools make people kinder.', 0.5, 0.5,
    '["genesis"]', now(), now());
INSERT INTO onboarding_events
    (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
VALUES (gen_random_uuid()::text, md5(:pool::text || '-' || :client_id::text || '-' || :n::text)::uuid::text, NULL,
    'genesis', 1, 'step_done', 'first_declaration', 2, now(), now()),
    (gen_random_uuid()::text, md5(:pool::text || '-' || :client_id::text || '-' || :n::text)::uuid::text, NULL,
    'genesis', 1, 'completed', 'first_declaration', 2, now(), now());
COMMIT;
