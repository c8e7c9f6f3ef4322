ALTER TABLE onboarding_sessions
    -- What was answered to each step, but for what the seed's columns say.
    ADD COLUMN answers TEXT NOT NULL DEFAULT '{}',
    -- The session that stands in its place. No foreign key: it stays superseded when that one is deleted.
    ADD COLUMN superseded_by VARCHAR(64);

-- NOT VALID: rows of before hold the default, and met the narrower check of events. To look at each of them again would
-- keep everybody waiting.
ALTER TABLE onboarding_sessions ADD CONSTRAINT onboarding_sessions_answers_check
    CHECK (json_typeof(answers::json) = 'object') NOT VALID;
ALTER TABLE onboarding_events DROP CONSTRAINT onboarding_events_type_check;
ALTER TABLE onboarding_events ADD CONSTRAINT onboarding_events_type_check CHECK (type IN (
    'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
    'superseded', 'migrated', 'exited', 'deleted')) NOT VALID;
