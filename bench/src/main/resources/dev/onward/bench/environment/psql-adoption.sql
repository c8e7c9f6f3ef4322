-- The same backfill in plain SQL, without its checks: batches of :batch sessions, each in its own transaction.
CREATE PROCEDURE bench_adoption(batch integer) LANGUAGE plpgsql AS $$
DECLARE
    ids text[];
BEGIN
    LOOP
        SELECT array_agg(id) INTO ids FROM (
            SELECT id FROM onboarding_sessions WHERE NOT recorded ORDER BY created_at, id LIMIT batch) oldest;
        EXIT WHEN ids IS NULL;
        INSERT INTO events (id, session_id, user_id, type, at, session_created_at)
        SELECT gen_random_uuid()::text, id, user_id, 'started', created_at, created_at
        FROM onboarding_sessions WHERE id = ANY (ids)
        UNION ALL
        SELECT gen_random_uuid()::text, id, user_id, 'completed', completed_at, created_at
        FROM onboarding_sessions WHERE id = ANY (ids) AND completed;
        INSERT INTO profiles (user_id, completed_at)
        SELECT user_id, min(completed_at) FROM onboarding_sessions WHERE id = ANY (ids) AND completed GROUP BY user_id
        ON CONFLICT (user_id) DO UPDATE SET completed_at = excluded.completed_at
            WHERE excluded.completed_at < profiles.completed_at;
        UPDATE onboarding_sessions SET recorded = true WHERE id = ANY (ids);
        COMMIT;
    END LOOP;
END
$$;
CALL bench_adoption(:batch);
