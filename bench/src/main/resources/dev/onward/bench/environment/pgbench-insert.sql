INSERT INTO onboarding_sessions
    (id, user_id, current_step, completed, completed_at, first_kblock_id, first_declaration, created_at, updated_at,
    flow, flow_version, answers, revision, started_recorded, completed_recorded)
VALUES (gen_random_uuid()::text, NULL, 'started', false, NULL, NULL, NULL, now(), now(), 'genesis', 1, '{}', 1, true,
    false)
ON CONFLICT (id) DO NOTHING;
