-- An event lies where its session lies in time, so the table grows at its end, and is its own index. Nobody looks for an
-- event without its session.
CREATE TABLE onboarding_events_by_time (
    id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    flow VARCHAR(32) NOT NULL,
    flow_version INTEGER NOT NULL,
    type VARCHAR(16) NOT NULL CHECK (type IN (
        'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
        'superseded', 'migrated', 'exited', 'deleted')),
    -- The milestone that was reached, or the step that it is about.
    step VARCHAR(32) NOT NULL,
    -- The session's revision after it.
    revision BIGINT NOT NULL CHECK (revision >= 0),
    at DATETIME NOT NULL,
    -- As the session's row has it, letter by letter.
    session_created_at DATETIME NOT NULL,
    PRIMARY KEY (session_created_at, session_id, revision, type, step)
) WITHOUT ROWID;
INSERT INTO onboarding_events_by_time
SELECT id, session_id, user_id, flow, flow_version, type, step, revision, at,
    coalesce((SELECT created_at FROM onboarding_sessions s WHERE s.id = session_id), session_created_at)
FROM onboarding_events
ORDER BY session_created_at;
DROP TABLE onboarding_events;
ALTER TABLE onboarding_events_by_time RENAME TO onboarding_events;

-- Read backwards it serves as before; forwards it, too, grows at its end.
DROP INDEX onboarding_sessions_newest;
CREATE INDEX onboarding_sessions_newest ON onboarding_sessions (created_at, id);
