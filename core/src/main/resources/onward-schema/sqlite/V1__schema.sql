-- The schema of Onward on SQLite, for an empty database. Where the original's onboarding_sessions stands already,
-- adoption has given it every column and constraint below before this runs.
--
-- Times are text, 'YYYY-MM-DD HH:MM:SS.ffffff' in UTC, in every table: another form would sort wrongly against the rows
-- of the original. Keys and names are those of the schema for PostgreSQL, where the reasons for them stand. SQLite keeps
-- no functions: the rules of backfill and cleanup are in Onward's statements.

-- The seed's nine columns, exactly as the seed has them, then those that Onward adds. Other software goes on inserting,
-- updating and deleting here. So each added column is nullable or has a default, and nothing refuses a value of the nine.
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
    -- The flow, and the version of it, that the person goes through.
    flow VARCHAR(32) NOT NULL DEFAULT 'genesis',
    flow_version INTEGER NOT NULL DEFAULT 1 CONSTRAINT onboarding_sessions_flow_version_check CHECK (flow_version >= 1),
    -- When the person put it off. Null while they have not, and after they took it up again.
    dismissed_at DATETIME,
    -- Counts the changes that Onward made. The condition of every change, so that of two writers one wins.
    revision BIGINT NOT NULL DEFAULT 0 CONSTRAINT onboarding_sessions_revision_check CHECK (revision >= 0),
    -- Whether the events tell of its start and of its completion. False on what other software wrote.
    started_recorded BOOLEAN NOT NULL DEFAULT false,
    completed_recorded BOOLEAN NOT NULL DEFAULT false,
    -- A JSON object: for each step, its answer or that it was skipped. The declaration is in the seed's columns.
    answers TEXT NOT NULL DEFAULT '{}'
        CONSTRAINT onboarding_sessions_answers_check CHECK (json_type(answers) = 'object'),
    -- The session that replaces this one. No foreign key: it stays replaced when that one is deleted.
    superseded_by VARCHAR(64),
    -- When the person last answered, skipped or came back. Null until then, and where other software alone wrote.
    last_active_at DATETIME,
    -- The hash of the secret that a claimed session needs beside its id in mode public. Null where the id is enough.
    claim_secret_hash VARCHAR(128)
);

-- The seed's three indexes.
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
-- The list of sessions, read backwards.
CREATE INDEX IF NOT EXISTS onboarding_sessions_newest ON onboarding_sessions (created_at, id);
-- Nearly always empty: what other software wrote and backfill has not seen yet.
CREATE INDEX IF NOT EXISTS onboarding_sessions_unrecorded ON onboarding_sessions (id)
    WHERE NOT started_recorded OR (completed AND NOT completed_recorded);

-- What the database has to know of each flow.
CREATE TABLE onboarding_flows (
    flow VARCHAR(32) NOT NULL,
    -- Whether completing it counts for a profile's onboarding_completed_at.
    onboarding BOOLEAN NOT NULL,
    -- How long an open session is kept at least. Null: as long as the run of cleanup says.
    retention_hours INTEGER,
    -- The version on which new sessions begin.
    current_version INTEGER NOT NULL DEFAULT 1,
    -- Whether a file on the servers defines it. Then the API does not change it.
    from_file BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT onboarding_flows_pkey PRIMARY KEY (flow),
    CONSTRAINT onboarding_flows_retention_hours_check CHECK (retention_hours BETWEEN 1 AND 87600),
    CONSTRAINT onboarding_flows_current_version_check CHECK (current_version >= 1)
);
INSERT INTO onboarding_flows (flow, onboarding) VALUES ('genesis', true);

-- The published versions of flows. A row never changes; the hash tells whether somebody has changed one all the same.
CREATE TABLE onboarding_flow_versions (
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    -- JSON without white space, in the order in which it was written.
    definition TEXT NOT NULL,
    -- SHA-256 of the definition, in hexadecimal digits.
    hash VARCHAR(64) NOT NULL,
    published_at DATETIME NOT NULL,
    CONSTRAINT onboarding_flow_versions_pkey PRIMARY KEY (flow, version),
    CONSTRAINT onboarding_flow_versions_once UNIQUE (flow, hash),
    CONSTRAINT onboarding_flow_versions_flow_fkey FOREIGN KEY (flow) REFERENCES onboarding_flows (flow),
    CONSTRAINT onboarding_flow_versions_version_check CHECK (version >= 1),
    CONSTRAINT onboarding_flow_versions_hash_check CHECK (length(hash) = 64)
);

-- The flow files that servers have published. A file that is listed here needs no review at the next start.
CREATE TABLE onboarding_flow_files (
    -- SHA-256 of the file's text, in hexadecimal digits.
    hash VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT onboarding_flow_files_pkey PRIMARY KEY (hash),
    CONSTRAINT onboarding_flow_files_version_fkey FOREIGN KEY (flow, version)
        REFERENCES onboarding_flow_versions (flow, version),
    CONSTRAINT onboarding_flow_files_hash_check CHECK (length(hash) = 64)
);

-- One row for each time that a version became current, with the progress of moving open sessions to it.
CREATE TABLE onboarding_releases (
    id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    released_at DATETIME NOT NULL,
    -- Null while sessions are still being moved.
    finished_at DATETIME,
    -- How many sessions were moved, and how many could not be.
    moved BIGINT NOT NULL DEFAULT 0,
    left_behind BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT onboarding_releases_pkey PRIMARY KEY (id),
    CONSTRAINT onboarding_releases_version_fkey FOREIGN KEY (flow, version)
        REFERENCES onboarding_flow_versions (flow, version),
    CONSTRAINT onboarding_releases_moved_check CHECK (moved >= 0),
    CONSTRAINT onboarding_releases_left_behind_check CHECK (left_behind >= 0)
);
CREATE INDEX onboarding_releases_open ON onboarding_releases (flow) WHERE finished_at IS NULL;

-- What happened to sessions. Rows never change and hold no personal data but ids. No foreign key: events stay when their
-- session is deleted.
CREATE TABLE onboarding_events (
    -- The order of events. SQLite has one writer, so a transaction draws its numbers after every earlier one has
    -- committed: what a reader sees behind its cursor is all that there will ever be up to there. AUTOINCREMENT never
    -- gives a number again, also when the newest events are deleted. A reader asks, in any transaction:
    --
    --     SELECT e.* FROM onboarding_events e WHERE e.position > :position ORDER BY e.position LIMIT :most
    --
    -- A copy of the file keeps positions and cursors.
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    flow VARCHAR(32) NOT NULL,
    flow_version INTEGER NOT NULL,
    type VARCHAR(16) NOT NULL,
    -- The milestone that was reached, or the step that it is about.
    step VARCHAR(32) NOT NULL,
    -- The session's revision after it.
    revision BIGINT NOT NULL,
    at DATETIME NOT NULL,
    -- As in the session's row, letter by letter.
    session_created_at DATETIME NOT NULL,
    -- The last_active_at of a session that cleanup deleted; figures count it as before. Null in all other events.
    session_last_active_at DATETIME,
    CONSTRAINT onboarding_events_once UNIQUE (session_created_at, session_id, revision, type, step),
    CONSTRAINT onboarding_events_type_check CHECK (type IN (
        'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
        'superseded', 'migrated', 'exited', 'deleted')),
    CONSTRAINT onboarding_events_revision_check CHECK (revision >= 0)
);

-- How far each reader of events has come, and which node reads for it at the moment. A node takes the row in a short
-- transaction, reads and works without one, and moves the cursor in another: so no transaction stays open while a
-- listener runs.
CREATE TABLE onboarding_event_cursors (
    -- The name of the listener. All nodes that run the same listener share its row.
    name VARCHAR(64) NOT NULL,
    -- The last event that was delivered; 0, 0 and '' before the first.
    position BIGINT NOT NULL DEFAULT 0,
    revision BIGINT NOT NULL DEFAULT 0,
    event_id VARCHAR(64) NOT NULL DEFAULT '',
    -- The node that delivers at the moment. Null where none does.
    owner VARCHAR(64),
    -- Until then no other node delivers. The owner renews it while it works; after a failure it is the time of the next
    -- attempt. Null, or past: whoever comes first may deliver.
    blocked_until DATETIME,
    -- How many attempts at the next event have failed in a row.
    failures INTEGER NOT NULL DEFAULT 0,
    updated_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    CONSTRAINT onboarding_event_cursors_pkey PRIMARY KEY (name),
    CONSTRAINT onboarding_event_cursors_position_check CHECK (position >= 0),
    CONSTRAINT onboarding_event_cursors_failures_check CHECK (failures >= 0)
);

-- The artefacts that declarations become. They go with their session.
CREATE TABLE onboarding_kblocks (
    session_id VARCHAR(64) NOT NULL,
    id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    layer INTEGER NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    -- How vague the declaration is, and 1 minus that.
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
-- A K-Block is also read by its id alone.
CREATE INDEX onboarding_kblocks_id ON onboarding_kblocks (id);

-- Each user's first completion of each flow.
CREATE TABLE onboarding_profiles (
    user_id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    completed_at DATETIME NOT NULL,
    -- Whether it counts for onboarding_completed_at.
    onboarding BOOLEAN NOT NULL,
    CONSTRAINT onboarding_profiles_pkey PRIMARY KEY (user_id, flow)
);

-- What was answered to requests with an Idempotency-Key, for 25 hours. No foreign key to the session, because such a
-- record is found by its own id: whoever deletes a session deletes its records, and one whose session is gone counts as
-- missing.
CREATE TABLE onboarding_idempotency_records (
    -- SHA-256 of who asks, for what, and with which key, in hexadecimal digits.
    id VARCHAR(64) NOT NULL,
    -- SHA-256 of the request: the same key with another request is refused.
    fingerprint VARCHAR(64) NOT NULL,
    answer TEXT NOT NULL,
    -- By which a transaction that is run again recognises its own record.
    token VARCHAR(64) NOT NULL,
    -- The session that the answer is about. Null where it is about none.
    session_id VARCHAR(64),
    created_at DATETIME NOT NULL,
    CONSTRAINT onboarding_idempotency_records_pkey PRIMARY KEY (id)
);
CREATE INDEX onboarding_idempotency_records_session ON onboarding_idempotency_records (session_id);
CREATE INDEX onboarding_idempotency_records_created ON onboarding_idempotency_records (created_at);
