ALTER TABLE onboarding_sessions
    -- What was answered to each step, but for what the seed's columns say.
    ADD COLUMN answers TEXT NOT NULL DEFAULT '{}' CHECK (json_typeof(answers::json) = 'object'),
    -- The session that stands in its place. No foreign key: it stays superseded when that one is deleted.
    ADD COLUMN superseded_by VARCHAR(64);

-- Checked without keeping anybody waiting.
ALTER TABLE onboarding_events DROP CONSTRAINT onboarding_events_type_check;
ALTER TABLE onboarding_events ADD CONSTRAINT onboarding_events_type_check CHECK (type IN (
    'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
    'superseded', 'migrated', 'exited', 'deleted')) NOT VALID;
ALTER TABLE onboarding_events VALIDATE CONSTRAINT onboarding_events_type_check;
