-- Drops constraints and indexes, because loading is faster without them. indexes-on.sql creates them again.
CREATE TABLE bench_indexes AS
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS off,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS again,
    -- A foreign key requires the key that it references.
    CASE contype WHEN 'f' THEN 3 ELSE 1 END AS place
FROM pg_constraint
WHERE contype IN ('p', 'u', 'f')
    AND conrelid::regclass::text IN (
        'onboarding_sessions', 'onboarding_events', 'onboarding_kblocks', 'onboarding_profiles', 'onboarding_idempotency_records')
UNION ALL
SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 2
FROM pg_index i
WHERE indrelid::regclass::text IN (
        'onboarding_sessions', 'onboarding_events', 'onboarding_kblocks', 'onboarding_profiles', 'onboarding_idempotency_records')
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid);

SELECT off FROM bench_indexes ORDER BY place DESC \gexec
