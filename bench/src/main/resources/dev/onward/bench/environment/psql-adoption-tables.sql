-- The columns, tables and indexes of an adopted table, as far as the backfill writes to them.
ALTER TABLE onboarding_sessions ADD COLUMN recorded BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX sessions_newest ON onboarding_sessions (created_at, id);
CREATE INDEX sessions_unrecorded ON onboarding_sessions (created_at, id) WHERE NOT recorded;
CREATE TABLE events (
    id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    type VARCHAR(16) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    session_created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    position BIGSERIAL,
    PRIMARY KEY (session_created_at, session_id, type)
);
CREATE INDEX events_position ON events (position, id);
CREATE TABLE profiles (user_id VARCHAR(64) PRIMARY KEY, completed_at TIMESTAMP WITH TIME ZONE NOT NULL);
