-- The schema of Onward on PostgreSQL, for an empty database. Where the original's onboarding_sessions stands already,
-- adoption has given it every column, constraint and index below before this runs.
--
-- Prepared for partitioning and sharding, where plain PostgreSQL pays nothing for it:
--   * Every primary key of a session's rows contains the session's id; so does its foreign key. Such a table can be
--     distributed by that id, together with onboarding_sessions.
--   * A table that is not distributed by the session's id has no foreign key to onboarding_sessions.
--   * Ids are VARCHAR(64) in every table, names of flows and steps are VARCHAR(32).
--   * The primary key of onboarding_events begins with session_created_at. To partition by month, create the table with
--     PARTITION BY RANGE (session_created_at): no key and no statement changes, and a month is dropped as a partition.
--     It is not partitioned here, because somebody would have to create each month's partition in time.
--   * Functions that read tables are written in plpgsql. Those in SQL read no table, and PostgreSQL inlines them.

-- The seed's nine columns, exactly as the seed has them, then those that Onward adds. Other software goes on inserting,
-- updating and deleting here. So each added column is nullable or has a default, and nothing refuses a value of the nine.
CREATE TABLE IF NOT EXISTS onboarding_sessions (
    id VARCHAR(64) NOT NULL,
    user_id VARCHAR(64),
    -- The milestone reached last: 'started', the id of a step, or 'completed'.
    current_step VARCHAR(32) NOT NULL DEFAULT 'started',
    completed BOOLEAN NOT NULL DEFAULT false,
    completed_at TIMESTAMP WITH TIME ZONE,
    first_kblock_id VARCHAR(64),
    first_declaration TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    -- The flow, and the version of it, that the person goes through.
    flow VARCHAR(32) NOT NULL DEFAULT 'genesis',
    flow_version INTEGER NOT NULL DEFAULT 1,
    -- When the person put it off. Null while they have not, and after they took it up again.
    dismissed_at TIMESTAMP WITH TIME ZONE,
    -- Counts the changes that Onward made. The condition of every change, so that of two writers one wins.
    revision BIGINT NOT NULL DEFAULT 0,
    -- Whether the events tell of its start and of its completion. False on what other software wrote.
    started_recorded BOOLEAN NOT NULL DEFAULT false,
    completed_recorded BOOLEAN NOT NULL DEFAULT false,
    -- A JSON object: for each step, its answer or that it was skipped. The declaration is in the seed's columns.
    answers TEXT NOT NULL DEFAULT '{}',
    -- The session that replaces this one. No foreign key: it stays replaced when that one is deleted.
    superseded_by VARCHAR(64),
    -- When the person last answered, skipped or came back. Null until then, and where other software alone wrote.
    last_active_at TIMESTAMP WITH TIME ZONE,
    -- The hash of the secret that a claimed session needs beside its id in mode public. Null where the id is enough.
    claim_secret_hash VARCHAR(128),
    CONSTRAINT onboarding_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT onboarding_sessions_flow_version_check CHECK (flow_version >= 1),
    CONSTRAINT onboarding_sessions_revision_check CHECK (revision >= 0),
    CONSTRAINT onboarding_sessions_answers_check CHECK (json_typeof(answers::json) = 'object')
)
-- Room on each page for the next version of a row: an update of a column without an index then touches no index.
WITH (fillfactor = 85);

-- What the database has to know of each flow. Small, the same on every node of a cluster.
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
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
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
    released_at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- Null while sessions are still being moved.
    finished_at TIMESTAMP WITH TIME ZONE,
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

-- The order of events
--
-- Whoever reads all events must not miss one that commits late. A sequence does not help: it is drawn before the commit,
-- so a lower number may become visible after a higher one. Therefore each event keeps the number of the transaction that
-- writes it, and a reader stops below the oldest transaction that is still running: nothing can appear there any more.
--
--     SELECT e.* FROM onboarding_events e
--     WHERE (e.position, e.revision, e.id) > (:position, :revision, :event_id)
--         AND e.position < onboarding_position(pg_snapshot_xmin(pg_current_snapshot()))
--     ORDER BY e.position, e.revision, e.id
--     LIMIT :most
--
--   * It must be one statement (or one REPEATABLE READ transaction) on the primary: the bound and the rows have to come
--     from the same snapshot.
--   * Events of one transaction share a position. The session's revision puts them in order, and among events of one
--     revision their ids (UUIDs of version 7). The events of one session come in the order in which they happened.
--   * An application's own transaction may have begun before another one that changed the same session, and commit after
--     it. Onward then raises its events to the position of that other one. A higher position is always safe: a reader
--     gets that far only when the lower one has ended.
--   * The bound waits for every transaction of the server that has written something, also one in another database. A
--     transaction that is left open holds all readers up, and loses nothing.
--   * Locks would give the same order, but in the path of every request. A process that numbers events afterwards would
--     write each of them twice.
--
-- A dump that is restored into another server brings old, high positions to transactions that are counted from a low
-- number again. The number in onboarding_position makes up for it: "onward migrate" and every start compare the
-- positions of events and cursors with the server's transactions, and replace the function by one that adds enough, so
-- that every later event sorts behind all that stand. Cursors stay valid. Until then, nothing may write events.
--
-- On a cluster that counts transactions on each node, this order holds for each node by itself.
CREATE FUNCTION onboarding_position(transaction_id xid8) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CAST(CAST(transaction_id AS text) AS bigint) + 0
$$;

-- What happened to sessions. Rows never change and hold no personal data but ids. No foreign key: events stay when their
-- session is deleted.
CREATE TABLE onboarding_events (
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
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- As in the session's row. Events lie together with their session, and new ones at the end of the index.
    session_created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- The last_active_at of a session that cleanup deleted; figures count it as before. Null in all other events.
    session_last_active_at TIMESTAMP WITH TIME ZONE,
    -- See "The order of events". No INSERT sets it.
    position BIGINT NOT NULL DEFAULT onboarding_position(pg_current_xact_id()),
    CONSTRAINT onboarding_events_pkey PRIMARY KEY (session_created_at, session_id, revision, type, step),
    CONSTRAINT onboarding_events_type_check CHECK (type IN (
        'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
        'superseded', 'migrated', 'exited', 'deleted')),
    CONSTRAINT onboarding_events_revision_check CHECK (revision >= 0)
);
CREATE INDEX onboarding_events_position ON onboarding_events (position, revision, id);

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
    blocked_until TIMESTAMP WITH TIME ZONE,
    -- How many attempts at the next event have failed in a row.
    failures INTEGER NOT NULL DEFAULT 0,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
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
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT onboarding_kblocks_pkey PRIMARY KEY (session_id, id),
    CONSTRAINT onboarding_kblocks_layer_check CHECK (layer >= 1),
    CONSTRAINT onboarding_kblocks_loss_check CHECK (loss BETWEEN 0 AND 1),
    CONSTRAINT onboarding_kblocks_confidence_check CHECK (confidence BETWEEN 0 AND 1)
);
-- A K-Block is also read by its id alone.
CREATE INDEX onboarding_kblocks_id ON onboarding_kblocks (id);

-- Each user's first completion of each flow.
CREATE TABLE onboarding_profiles (
    user_id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    completed_at TIMESTAMP WITH TIME ZONE NOT NULL,
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
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT onboarding_idempotency_records_pkey PRIMARY KEY (id)
);
CREATE INDEX onboarding_idempotency_records_session ON onboarding_idempotency_records (session_id);
CREATE INDEX onboarding_idempotency_records_created ON onboarding_idempotency_records (created_at);

-- Backfill of what other software wrote

-- The id of the step that declares: the first one in a flow's definition that makes a K-Block. Null where there is none,
-- or where the definition is unreadable.
CREATE FUNCTION onboarding_declaration_step(definition TEXT) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (
        SELECT step.value ->> 'id'
        FROM json_array_elements(definition::json -> 'steps') WITH ORDINALITY AS step (value, place)
        WHERE step.value ->> 'creates' = 'kblock'
        ORDER BY step.place
        LIMIT 1);
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END
$$;

-- Gives sessions that other software wrote the events and profiles that their columns tell of. The seed's columns stay.
CREATE FUNCTION onboarding_backfill(session_ids TEXT[]) RETURNS VOID LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM 1 FROM onboarding_sessions WHERE id = ANY (session_ids) ORDER BY id FOR UPDATE;

    -- Before a version of a flow is published, its declaration step is the seed's. The ids are UUIDs of version 7 with
    -- the time of the event: so the events of a session sort as they happened.
    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
    SELECT substr(stamped.millis, 1, 8) || '-' || substr(stamped.millis, 9) || '-7' || told.place
            || substr(gen_random_uuid()::text, 19),
        s.id, s.user_id, s.flow, s.flow_version, told.type, told.step, s.revision, told.at, s.created_at
    FROM onboarding_sessions s
    LEFT JOIN onboarding_flow_versions v ON v.flow = s.flow AND v.version = s.flow_version
    CROSS JOIN LATERAL (
        SELECT CASE WHEN s.first_declaration IS NULL THEN NULL
            WHEN v.flow IS NULL THEN 'first_declaration'
            ELSE onboarding_declaration_step(v.definition) END AS step) declaring
    CROSS JOIN LATERAL (VALUES
        ('000', 'started', 'started', s.created_at, true),
        ('001', 'step_done', declaring.step, coalesce(s.completed_at, s.updated_at), declaring.step IS NOT NULL),
        ('002', 'completed', s.current_step, coalesce(s.completed_at, s.updated_at), s.completed)
    ) AS told (place, type, step, at, happened)
    CROSS JOIN LATERAL (
        SELECT lpad(to_hex(CAST(least(greatest(extract(epoch FROM told.at), 0), 99999999999) * 1000 AS bigint)), 12, '0')
            AS millis) stamped
    WHERE s.id = ANY (session_ids)
        AND told.happened
        AND NOT EXISTS (
            SELECT 1 FROM onboarding_events e
            WHERE e.session_created_at = s.created_at AND e.session_id = s.id AND e.type = told.type
                AND (told.type <> 'step_done' OR e.step = told.step))
    ON CONFLICT DO NOTHING;

    INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
    SELECT s.user_id, s.flow, min(coalesce(s.completed_at, s.updated_at)), coalesce(bool_or(f.onboarding), false)
    FROM onboarding_sessions s
    LEFT JOIN onboarding_flows f ON f.flow = s.flow
    WHERE s.id = ANY (session_ids) AND s.completed AND s.user_id IS NOT NULL
    GROUP BY s.user_id, s.flow
    ORDER BY s.user_id, s.flow
    ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
        WHERE excluded.completed_at < onboarding_profiles.completed_at;

    -- A session that other software wrote back goes on counting behind the events that it had.
    UPDATE onboarding_sessions s
    SET started_recorded = true, completed_recorded = completed, revision = greatest(s.revision, (
        SELECT max(e.revision) FROM onboarding_events e
        WHERE e.session_created_at = s.created_at AND e.session_id = s.id))
    WHERE s.id = ANY (session_ids);
END
$$;

-- Cleanup

-- The rule of cleanup, for every way to run it and for the figures. It reads no table and is inlined, because the figures
-- ask it for every session. greatest() ignores nulls.
CREATE FUNCTION onboarding_is_abandoned(
    completed BOOLEAN, dismissed_at TIMESTAMP WITH TIME ZONE, created_at TIMESTAMP WITH TIME ZONE,
    last_active_at TIMESTAMP WITH TIME ZONE, flow_hours INTEGER, as_of TIMESTAMP WITH TIME ZONE,
    retention_hours INTEGER)
RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT NOT completed
        AND dismissed_at IS NULL
        AND greatest(created_at, last_active_at) < as_of - greatest(retention_hours, flow_hours) * interval '1 hour'
$$;

-- The next abandoned sessions behind a place, oldest first: a run reads no session twice. The conditions before the rule
-- follow from it; they are here because an index can serve them. Whatever the statistics say, it reads along that index
-- until it has enough.
CREATE FUNCTION onboarding_abandoned(
    as_of TIMESTAMP WITH TIME ZONE, retention_hours INTEGER, after_created_at TIMESTAMP WITH TIME ZONE, after_id TEXT,
    most INTEGER)
RETURNS TABLE (id TEXT, created_at TIMESTAMP WITH TIME ZONE) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT s.id::text, s.created_at
        FROM onboarding_sessions s
        WHERE NOT s.completed
            AND s.created_at < as_of - onboarding_abandoned.retention_hours * interval '1 hour'
            AND s.created_at >= after_created_at
            AND (s.created_at, s.id) > (after_created_at, after_id)
            AND onboarding_is_abandoned(
                s.completed, s.dismissed_at, s.created_at, s.last_active_at,
                (SELECT f.retention_hours FROM onboarding_flows f WHERE f.flow = s.flow), as_of,
                onboarding_abandoned.retention_hours)
        ORDER BY s.created_at, s.id
        LIMIT most;
END
$$;

-- Deletes those of these sessions that are still abandoned, with what they made, and leaves their events. It passes over
-- a session that somebody is changing; one that is locked here stays as it is until it is gone. Each session is looked up
-- by its id and locked before the rule is asked, so that no statistics make PostgreSQL read all open sessions.
--
-- A cluster that locks no rows of several shards at once needs this loop session by session; on plain PostgreSQL that
-- would make cleanup a third slower.
CREATE FUNCTION onboarding_delete_abandoned(
    session_ids TEXT[], as_of TIMESTAMP WITH TIME ZONE, retention_hours INTEGER)
RETURNS INTEGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    chosen TEXT[];
    unrecorded TEXT[];
    -- Once for all: to work it out for each event would take a tenth of a deletion.
    millis TEXT := lpad(to_hex(CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)), 12, '0');
    deleted INTEGER;
BEGIN
    SELECT array_agg(free.id), array_agg(free.id) FILTER (WHERE NOT free.started_recorded) INTO chosen, unrecorded
    FROM (
        SELECT s.id, s.started_recorded
        FROM unnest(session_ids) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT * FROM onboarding_sessions o WHERE o.id = wanted.id LIMIT 1 FOR UPDATE SKIP LOCKED) s
        LEFT JOIN onboarding_flows f ON f.flow = s.flow
        WHERE onboarding_is_abandoned(
            s.completed, s.dismissed_at, s.created_at, s.last_active_at, f.retention_hours, as_of,
            onboarding_delete_abandoned.retention_hours)) free;

    IF unrecorded IS NOT NULL THEN
        PERFORM onboarding_backfill(unrecorded);
    END IF;

    DELETE FROM onboarding_idempotency_records r WHERE r.session_id = ANY (chosen);

    WITH gone AS (
        DELETE FROM onboarding_sessions s WHERE s.id = ANY (chosen)
        RETURNING s.id, s.user_id, s.flow, s.flow_version, s.current_step, s.revision, s.created_at, s.last_active_at)
    INSERT INTO onboarding_events
        (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at,
        session_last_active_at)
    SELECT substr(millis, 1, 8) || '-' || substr(millis, 9) || '-7' || substr(gen_random_uuid()::text, 16),
        id, user_id, flow, flow_version, 'deleted', current_step, revision + 1, now(), created_at, last_active_at
    FROM gone;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

-- The seed's name. Whatever stands under it, with whatever parameters, is replaced.
DO $$
DECLARE
    standing regprocedure;
BEGIN
    FOR standing IN
        SELECT oid FROM pg_proc
        WHERE proname = 'cleanup_onboarding_sessions' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP ROUTINE ' || standing;
    END LOOP;
END
$$;
-- It finds these tables whatever search_path its caller has. It commits once, at the end; the server's own cleanup
-- commits every batch.
CREATE FUNCTION cleanup_onboarding_sessions(retention_hours INTEGER DEFAULT 24) RETURNS INTEGER LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    total INTEGER := 0;
    batch TEXT[];
    last_created_at TIMESTAMP WITH TIME ZONE := '-infinity';
    last_id TEXT := '';
BEGIN
    IF retention_hours IS NULL OR retention_hours NOT BETWEEN 1 AND 87600 THEN
        RAISE EXCEPTION 'hours must be a whole number from 1 to 87600' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    LOOP
        SELECT array_agg(a.id ORDER BY a.created_at, a.id), max(a.created_at) INTO batch, last_created_at
        FROM onboarding_abandoned(now(), retention_hours, last_created_at, last_id, 500) a;
        EXIT WHEN batch IS NULL;
        last_id := batch[array_upper(batch, 1)];
        total := total + onboarding_delete_abandoned(batch, now(), retention_hours);
    END LOOP;
    RETURN total;
END
$$;

-- What touches onboarding_sessions comes last, because others may be writing there: its locks are held for a moment only.

-- The seed's three indexes.
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
-- The list of sessions, read backwards.
CREATE INDEX IF NOT EXISTS onboarding_sessions_newest ON onboarding_sessions (created_at, id);
-- Nearly always empty: what other software wrote and backfill has not seen yet.
CREATE INDEX IF NOT EXISTS onboarding_sessions_unrecorded ON onboarding_sessions (id)
    WHERE NOT started_recorded OR (completed AND NOT completed_recorded);
ALTER TABLE onboarding_kblocks ADD CONSTRAINT onboarding_kblocks_session_fkey
    FOREIGN KEY (session_id) REFERENCES onboarding_sessions (id) ON DELETE CASCADE;
