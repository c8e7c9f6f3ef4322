-- What was answered to each step, but for what the seed's columns say.
ALTER TABLE onboarding_sessions ADD COLUMN answers TEXT NOT NULL DEFAULT '{}' CHECK (json_type(answers) = 'object');
-- The session that stands in its place. No foreign key: it stays superseded when that one is deleted.
ALTER TABLE onboarding_sessions ADD COLUMN superseded_by VARCHAR(64);

-- SQLite cannot widen a CHECK: the table is made anew.
CREATE TABLE onboarding_events_wider (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
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
    session_created_at DATETIME NOT NULL,
    CONSTRAINT onboarding_events_once UNIQUE (session_id, revision, type, step)
);
INSERT INTO onboarding_events_wider SELECT * FROM onboarding_events;
DROP TABLE onboarding_events;
ALTER TABLE onboarding_events_wider RENAME TO onboarding_events;
