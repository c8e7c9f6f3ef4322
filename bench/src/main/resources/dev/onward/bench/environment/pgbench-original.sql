-- Writes of the original software: a new session, and a step of an existing one.
\set n random(1, :sessions)
INSERT INTO onboarding_sessions (id, user_id) VALUES (gen_random_uuid()::text, 'user-' || :n);
UPDATE onboarding_sessions SET current_step = 'f2_complete', updated_at = now() WHERE id = md5('session-' || :n)::uuid::text;
