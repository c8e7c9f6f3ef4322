-- The same deletion in plain SQL: batches of :batch sessions, each in its own transaction. Rows that refer to them are
-- deleted by cascade.
CREATE OR REPLACE PROCEDURE bench_cleanup(batch integer) LANGUAGE plpgsql AS $$
DECLARE
    deleted integer;
BEGIN
    LOOP
        DELETE FROM onboarding_sessions WHERE id IN (
            SELECT id FROM onboarding_sessions
            WHERE NOT completed AND dismissed_at IS NULL AND created_at < now() - interval '24 hours'
            ORDER BY created_at
            LIMIT batch);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        COMMIT;
        EXIT WHEN deleted = 0;
    END LOOP;
END
$$;
CALL bench_cleanup(:batch);
