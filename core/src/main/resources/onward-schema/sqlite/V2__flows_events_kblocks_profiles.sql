-- Every column of ours has a default or is nullable, so the original code goes on writing the same table.
ALTER TABLE onboarding_sessions ADD COLUMN flow VARCHAR(32) NOT NULL DEFAULT 'genesis';
ALTER TABLE onboarding_sessions ADD COLUMN flow_version INTEGER NOT NULL DEFAULT 1 CHECK (flow_version >= 1);
ALTER TABLE onboarding_sessions ADD COLUMN dismissed_at DATETIME;
-- Counts the changes that Onward made.
ALTER TABLE onboarding_sessions ADD COLUMN revision BIGINT NOT NULL DEFAULT 0 CHECK (revision >= 0);
-- Whether the events tell of its start and of its completion: false on what other software wrote.
ALTER TABLE onboarding_sessions ADD COLUMN started_recorded BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE onboarding_sessions ADD COLUMN completed_recorded BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX onboarding_sessions_newest ON onboarding_sessions (created_at DESC, id DESC);
-- Nearly always empty: what other software wrote and nobody has taken in yet.
CREATE INDEX onboarding_sessions_unrecorded ON onboarding_sessions (id)
    WHERE NOT started_recorded OR (completed AND NOT completed_recorded);

-- What the database has to know of the flows, so that every door of cleanup applies the same rule.
CREATE TABLE onboarding_flows (
    flow VARCHAR(32) NOT NULL PRIMARY KEY,
    onboarding BOOLEAN NOT NULL,
    retention_hours INTEGER CHECK (retention_hours BETWEEN 1 AND 87600)
);
INSERT INTO onboarding_flows (flow, onboarding) VALUES ('genesis', true);

-- What happened. No foreign key: events outlive their session.
CREATE TABLE onboarding_events (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    session_id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    flow VARCHAR(32) NOT NULL,
    flow_version INTEGER NOT NULL,
    type VARCHAR(16) NOT NULL CHECK (type IN ('started', 'step_done', 'completed', 'confirmed', 'deleted')),
    -- The milestone that was reached.
    step VARCHAR(32) NOT NULL,
    -- The session's revision after it.
    revision BIGINT NOT NULL CHECK (revision >= 0),
    at DATETIME NOT NULL,
    session_created_at DATETIME NOT NULL,
    CONSTRAINT onboarding_events_once UNIQUE (session_id, revision, type, step)
);

CREATE TABLE onboarding_kblocks (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    session_id VARCHAR(64) NOT NULL REFERENCES onboarding_sessions (id) ON DELETE CASCADE,
    user_id VARCHAR(64),
    layer INTEGER NOT NULL CHECK (layer >= 1),
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    loss NUMERIC(3, 2) NOT NULL CHECK (loss BETWEEN 0 AND 1),
    confidence NUMERIC(3, 2) NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    -- A JSON array of strings.
    tags TEXT NOT NULL CHECK (json_valid(tags)),
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL
);
CREATE INDEX onboarding_kblocks_session ON onboarding_kblocks (session_id);

-- Each user's first completion of each flow.
CREATE TABLE onboarding_profiles (
    user_id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    completed_at DATETIME NOT NULL,
    -- Whether it counts for onboarding_completed_at.
    onboarding BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, flow)
);
