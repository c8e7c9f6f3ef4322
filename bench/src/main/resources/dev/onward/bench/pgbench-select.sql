\set n random(1, :sessions)
SELECT * FROM onboarding_sessions WHERE id = md5('session-' || :n::text)::uuid::text;
