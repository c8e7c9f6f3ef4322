-- Selects a random completed session, from the same sessions as wrk-status.lua.
\set n 10 * random(0, :sessions / 10 - 1) + random(2, 9)
SELECT * FROM onboarding_sessions WHERE id = md5('session-' || :n::text)::uuid::text;
