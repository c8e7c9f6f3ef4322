-- Onward's schema on SQLite, for an empty database. If the original software's table onboarding_sessions exists,
-- adoption adds all of its columns and constraints below before this script runs.
--
-- Every table stores times as text in UTC, 'YYYY-MM-DD HH:MM:SS.ffffff', because another format would sort wrongly
-- against the original's rows. Keys and names are the same as in the PostgreSQL schema, which explains them. SQLite
-- stores no functions: the rules for backfill and cleanup are in Onward's statements.

-- The original's nine columns, unchanged, followed by Onward's. Other software continues to insert, update and delete
-- rows here. Therefore each of Onward's columns is nullable or has a default, and no constraint restricts the nine.
CREATE TABLE IF NOT EXISTS onboarding_sessions (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    user_id VARCHAR(64),
    -- The milestone reached last: 'started', the id of a step, or 'completed'.
    current_step VARCHAR(32) NOT NULL DEFAULT 'started',
    completed BOOLEAN NOT NULL DEFAULT false,
    completed_at DATETIME,
    first_kblock_id VARCHAR(64),
    first_declaration TEXT,
    created_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    -- The session's flow, and the version of it.
    flow VARCHAR(32) NOT NULL DEFAULT 'genesis',
    flow_version INTEGER NOT NULL DEFAULT 1 CONSTRAINT onboarding_sessions_flow_version_check CHECK (flow_version >= 1),
    -- When the person dismissed the session. Null if it is not dismissed, or was reopened.
    dismissed_at DATETIME,
    -- The number of changes by Onward. Every UPDATE checks it, so that only one of two concurrent writers succeeds.
    revision BIGINT NOT NULL DEFAULT 0 CONSTRAINT onboarding_sessions_revision_check CHECK (revision >= 0),
    -- Whether the events of its start and its completion exist. False for rows that other software wrote.
    started_recorded BOOLEAN NOT NULL DEFAULT false,
    completed_recorded BOOLEAN NOT NULL DEFAULT false,
    -- A JSON object that maps each step to its answer, or to the fact that it was skipped. The declaration is in
    -- first_declaration instead.
    answers TEXT NOT NULL DEFAULT '{}'
        CONSTRAINT onboarding_sessions_answers_check CHECK (json_type(answers) = 'object'),
    -- The session that replaced this one. No foreign key: this session stays superseded if the other one is deleted.
    superseded_by VARCHAR(64),
    -- When the person last answered, skipped or returned. Null before that, and for rows that only other software
    -- wrote.
    last_active_at DATETIME,
    -- The hash of the secret that a claimed session requires besides its id in mode public. Null if the id is enough.
    claim_secret_hash VARCHAR(128)
);

-- The original's three indexes.
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
-- For the list of sessions, newest first.
CREATE INDEX IF NOT EXISTS onboarding_sessions_newest ON onboarding_sessions (created_at, id);
-- Rows that other software wrote and that have no events yet. Nearly always empty.
CREATE INDEX IF NOT EXISTS onboarding_sessions_unrecorded ON onboarding_sessions (created_at, id)
    WHERE NOT started_recorded OR (completed AND NOT completed_recorded);

-- Settings of each flow that SQL needs.
CREATE TABLE onboarding_flows (
    flow VARCHAR(32) NOT NULL,
    -- Whether completing it counts for a profile's onboarding_completed_at.
    onboarding BOOLEAN NOT NULL,
    -- The minimum hours to keep an open session. Null: only the hours of the cleanup run apply.
    retention_hours INTEGER,
    -- The version in which new sessions start.
    current_version INTEGER NOT NULL DEFAULT 1,
    -- Whether a file on the servers defines the flow. The API cannot change such a flow.
    from_file BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT onboarding_flows_pkey PRIMARY KEY (flow),
    CONSTRAINT onboarding_flows_retention_hours_check CHECK (retention_hours BETWEEN 1 AND 87600),
    CONSTRAINT onboarding_flows_current_version_check CHECK (current_version >= 1)
);
INSERT INTO onboarding_flows (flow, onboarding) VALUES ('genesis', true);

-- The published versions of flows. Rows never change; the hash reveals a row that was changed by hand.
CREATE TABLE onboarding_flow_versions (
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    -- JSON without white space, with keys in their original order.
    definition TEXT NOT NULL,
    -- SHA-256 of the definition, in hexadecimal.
    hash VARCHAR(64) NOT NULL,
    published_at DATETIME NOT NULL,
    CONSTRAINT onboarding_flow_versions_pkey PRIMARY KEY (flow, version),
    CONSTRAINT onboarding_flow_versions_once UNIQUE (flow, hash),
    CONSTRAINT onboarding_flow_versions_flow_fkey FOREIGN KEY (flow) REFERENCES onboarding_flows (flow),
    CONSTRAINT onboarding_flow_versions_version_check CHECK (version >= 1),
    CONSTRAINT onboarding_flow_versions_hash_check CHECK (length(hash) = 64)
);

-- The flow files that servers have published. A server skips the review of a file that is listed here.
CREATE TABLE onboarding_flow_files (
    -- SHA-256 of the file's text, in hexadecimal.
    hash VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT onboarding_flow_files_pkey PRIMARY KEY (hash),
    CONSTRAINT onboarding_flow_files_version_fkey FOREIGN KEY (flow, version)
        REFERENCES onboarding_flow_versions (flow, version),
    CONSTRAINT onboarding_flow_files_hash_check CHECK (length(hash) = 64)
);

-- One row each time a version becomes current, with the progress of moving open sessions to it.
CREATE TABLE onboarding_releases (
    id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    released_at DATETIME NOT NULL,
    -- Null while sessions are being moved.
    finished_at DATETIME,
    -- The number of sessions that were moved, and of those that could not be moved.
    moved BIGINT NOT NULL DEFAULT 0,
    left_behind BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT onboarding_releases_pkey PRIMARY KEY (id),
    CONSTRAINT onboarding_releases_version_fkey FOREIGN KEY (flow, version)
        REFERENCES onboarding_flow_versions (flow, version),
    CONSTRAINT onboarding_releases_moved_check CHECK (moved >= 0),
    CONSTRAINT onboarding_releases_left_behind_check CHECK (left_behind >= 0)
);
CREATE INDEX onboarding_releases_open ON onboarding_releases (flow) WHERE finished_at IS NULL;

-- The events of sessions. Rows never change, and contain no personal data except ids. No foreign key: events are kept
-- when their session is deleted.
CREATE TABLE onboarding_events (
    -- The order of events. SQLite has one writer, so a transaction gets its numbers after every earlier one has
    -- committed, and a reader never misses an event. AUTOINCREMENT never reuses a number, even if the newest events are
    -- deleted. A reader runs, in any transaction:
    --
    --     SELECT e.* FROM onboarding_events e WHERE e.position > :position ORDER BY e.position LIMIT :most
    --
    -- Positions and cursors stay valid in a copy of the file.
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    flow VARCHAR(32) NOT NULL,
    flow_version INTEGER NOT NULL,
    type VARCHAR(16) NOT NULL,
    -- The milestone reached, or the event's step.
    step VARCHAR(32) NOT NULL,
    -- The session's revision after the event.
    revision BIGINT NOT NULL,
    at DATETIME NOT NULL,
    -- created_at of the session, character for character.
    session_created_at DATETIME NOT NULL,
    -- last_active_at of a session that cleanup deleted, for statistics. Null in all other events.
    session_last_active_at DATETIME,
    CONSTRAINT onboarding_events_once UNIQUE (session_created_at, session_id, revision, type, step),
    CONSTRAINT onboarding_events_type_check CHECK (type IN (
        'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
        'superseded', 'migrated', 'exited', 'deleted')),
    CONSTRAINT onboarding_events_revision_check CHECK (revision >= 0)
);

-- The position of each listener, and the node that currently delivers to it. A node claims the row in a short
-- transaction, reads and delivers events without one, and moves the cursor in another transaction. So no transaction
-- stays open while a listener runs.
CREATE TABLE onboarding_event_cursors (
    -- The listener's name. All nodes that run the same listener share the row.
    name VARCHAR(64) NOT NULL,
    -- The last delivered event; 0, 0 and '' before the first one.
    position BIGINT NOT NULL DEFAULT 0,
    revision BIGINT NOT NULL DEFAULT 0,
    event_id VARCHAR(64) NOT NULL DEFAULT '',
    -- The node that currently delivers. Null if there is none.
    owner VARCHAR(64),
    -- No other node delivers before this time. The owner extends it while it delivers; after a failure it is the time
    -- of the next attempt. If it is null or in the past, any node may claim the row.
    blocked_until DATETIME,
    -- The number of failed attempts at the next event.
    failures INTEGER NOT NULL DEFAULT 0,
    updated_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    CONSTRAINT onboarding_event_cursors_pkey PRIMARY KEY (name),
    CONSTRAINT onboarding_event_cursors_position_check CHECK (position >= 0),
    CONSTRAINT onboarding_event_cursors_failures_check CHECK (failures >= 0)
);

-- The K-Blocks created from declarations. They are deleted with their session.
CREATE TABLE onboarding_kblocks (
    session_id VARCHAR(64) NOT NULL,
    id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    layer INTEGER NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    -- How vague the declaration is, from 0 to 1. confidence is 1 - loss.
    loss NUMERIC(3, 2) NOT NULL,
    confidence NUMERIC(3, 2) NOT NULL,
    -- A JSON array of strings.
    tags TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT onboarding_kblocks_pkey PRIMARY KEY (session_id, id),
    CONSTRAINT onboarding_kblocks_session_fkey FOREIGN KEY (session_id)
        REFERENCES onboarding_sessions (id) ON DELETE CASCADE,
    CONSTRAINT onboarding_kblocks_layer_check CHECK (layer >= 1),
    CONSTRAINT onboarding_kblocks_loss_check CHECK (loss BETWEEN 0 AND 1),
    CONSTRAINT onboarding_kblocks_confidence_check CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT onboarding_kblocks_tags_check CHECK (json_valid(tags))
);
-- To read a K-Block by its id alone.
CREATE INDEX onboarding_kblocks_id ON onboarding_kblocks (id);

-- When each user first completed each flow.
CREATE TABLE onboarding_profiles (
    user_id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    completed_at DATETIME NOT NULL,
    -- Whether it counts for onboarding_completed_at.
    onboarding BOOLEAN NOT NULL,
    CONSTRAINT onboarding_profiles_pkey PRIMARY KEY (user_id, flow)
);

-- The responses to requests with an Idempotency-Key, kept for 25 hours. No foreign key to the session, because records
-- are found by their own id. Statements that delete a session also delete its records; a record without its session is
-- ignored.
CREATE TABLE onboarding_idempotency_records (
    -- SHA-256 of the caller, the operation and the key, in hexadecimal.
    id VARCHAR(64) NOT NULL,
    -- SHA-256 of the request. Another request with the same key is rejected.
    fingerprint VARCHAR(64) NOT NULL,
    answer TEXT NOT NULL,
    -- Lets a repeated transaction recognize its own record.
    token VARCHAR(64) NOT NULL,
    -- The session that the response is about, if any.
    session_id VARCHAR(64),
    created_at DATETIME NOT NULL,
    CONSTRAINT onboarding_idempotency_records_pkey PRIMARY KEY (id)
);
CREATE INDEX onboarding_idempotency_records_session ON onboarding_idempotency_records (session_id);
CREATE INDEX onboarding_idempotency_records_created ON onboarding_idempotency_records (created_at);
