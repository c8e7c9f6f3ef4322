-- Onward's schema on PostgreSQL, for an empty database. If the original software's table onboarding_sessions exists,
-- adoption adds all of its columns, constraints and indexes below before this script runs.
--
-- The schema can be partitioned and sharded later, as far as that costs plain PostgreSQL nothing:
--   * The primary and foreign keys of a table with a session's rows contain the session's id. Such a table can be
--     distributed by that id, together with onboarding_sessions.
--   * A table that is not distributed by the session's id has no foreign key to onboarding_sessions.
--   * Ids are VARCHAR(64) in every table; names of flows and steps are VARCHAR(32).
--   * The primary key of onboarding_events begins with session_created_at. To partition by month, create the table with
--     PARTITION BY RANGE (session_created_at): keys and statements stay the same, and you drop a month by dropping its
--     partition. The table is not partitioned here, because each month's partition has to be created in time.
--   * Functions that read tables use plpgsql. SQL functions read no table, and PostgreSQL inlines them.

-- The original's nine columns, unchanged, followed by Onward's. Other software continues to insert, update and delete
-- rows here. Therefore each of Onward's columns is nullable or has a default, and no constraint restricts the nine.
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
    -- The session's flow, and the version of it.
    flow VARCHAR(32) NOT NULL DEFAULT 'genesis',
    flow_version INTEGER NOT NULL DEFAULT 1,
    -- When the person dismissed the session. Null if it is not dismissed, or was reopened.
    dismissed_at TIMESTAMP WITH TIME ZONE,
    -- The number of changes by Onward. Every UPDATE checks it, so that only one of two concurrent writers succeeds.
    revision BIGINT NOT NULL DEFAULT 0,
    -- Whether the events of its start and its completion exist. False for rows that other software wrote.
    started_recorded BOOLEAN NOT NULL DEFAULT false,
    completed_recorded BOOLEAN NOT NULL DEFAULT false,
    -- A JSON object that maps each step to its answer, or to the fact that it was skipped. The declaration is in
    -- first_declaration instead.
    answers TEXT NOT NULL DEFAULT '{}',
    -- The session that replaced this one. No foreign key: this session stays superseded if the other one is deleted.
    superseded_by VARCHAR(64),
    -- When the person last answered, skipped or returned. Null before that, and for rows that only other software
    -- wrote.
    last_active_at TIMESTAMP WITH TIME ZONE,
    -- The hash of the secret that a claimed session requires besides its id in mode public. Null if the id is enough.
    claim_secret_hash VARCHAR(128),
    CONSTRAINT onboarding_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT onboarding_sessions_flow_version_check CHECK (flow_version >= 1),
    CONSTRAINT onboarding_sessions_revision_check CHECK (revision >= 0),
    CONSTRAINT onboarding_sessions_answers_check CHECK (json_typeof(answers::json) = 'object')
)
-- Leaves room on each page for updated rows, so that updating a column without an index does not change any index.
WITH (fillfactor = 85);

-- Settings of each flow that SQL needs. A small table, which a cluster can replicate to every node.
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
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
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
    released_at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- Null while sessions are being moved.
    finished_at TIMESTAMP WITH TIME ZONE,
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

-- The order of events
--
-- A reader of all events must not miss one that commits late. A sequence cannot guarantee this: numbers are assigned
-- before the commit, so a lower number may become visible after a higher one. Therefore each event stores the id of the
-- transaction that writes it, and a reader stops below the oldest transaction that is still running. No new event can
-- appear below that bound.
--
--     SELECT e.* FROM onboarding_events e
--     WHERE (e.position, e.revision, e.id) > (:position, :revision, :event_id)
--         AND e.position < onboarding_position(pg_snapshot_xmin(pg_current_snapshot()))
--     ORDER BY e.position, e.revision, e.id
--     LIMIT :most
--
--   * Run it as one statement (or one REPEATABLE READ transaction) on the primary, because the bound and the rows must
--     come from the same snapshot.
--   * Events of one transaction share a position. They are ordered by the session's revision, and within a revision by
--     their ids (UUIDv7). The events of one session are therefore read in the order in which they happened.
--   * An application's own transaction may start before another one that changes the same session, and commit after it.
--     Onward then gives its events the position of the other transaction. A higher position is always safe: readers
--     reach it only after the transaction with the lower one has ended.
--   * The bound waits for every transaction of the server that has written something, in any database. A transaction
--     that is left open delays all readers, but no event is lost.
--   * Locks would give the same order, but would slow down every request. Numbering events in a separate process would
--     write each event twice.
--
-- A dump restored into another server contains high positions, while that server counts its transactions from a low
-- number. The number that onboarding_position adds compensates for this: "onward migrate" and every start compare the
-- positions of events and cursors with the server's transactions, and replace the function by one that adds enough, so
-- that later events sort after all existing ones. Cursors stay valid. Do not write events before that.
--
-- On a cluster whose nodes count their own transactions, the order holds for each node separately.
CREATE FUNCTION onboarding_position(transaction_id xid8) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CAST(CAST(transaction_id AS text) AS bigint) + 0
$$;

-- The events of sessions. Rows never change, and contain no personal data except ids. No foreign key: events are kept
-- when their session is deleted.
CREATE TABLE onboarding_events (
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
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- created_at of the session. Keeps a session's events together, and puts new events at the end of the index.
    session_created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- last_active_at of a session that cleanup deleted, for statistics. Null in all other events.
    session_last_active_at TIMESTAMP WITH TIME ZONE,
    -- See "The order of events". Always the default: no INSERT sets it.
    position BIGINT NOT NULL DEFAULT onboarding_position(pg_current_xact_id()),
    CONSTRAINT onboarding_events_pkey PRIMARY KEY (session_created_at, session_id, revision, type, step),
    CONSTRAINT onboarding_events_type_check CHECK (type IN (
        'started', 'step_done', 'skipped', 'revised', 'dismissed', 'reopened', 'claimed', 'completed', 'confirmed',
        'superseded', 'migrated', 'exited', 'deleted')),
    CONSTRAINT onboarding_events_revision_check CHECK (revision >= 0)
);
CREATE INDEX onboarding_events_position ON onboarding_events (position, revision, id);

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
    blocked_until TIMESTAMP WITH TIME ZONE,
    -- The number of failed attempts at the next event.
    failures INTEGER NOT NULL DEFAULT 0,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
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
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT onboarding_kblocks_pkey PRIMARY KEY (session_id, id),
    CONSTRAINT onboarding_kblocks_layer_check CHECK (layer >= 1),
    CONSTRAINT onboarding_kblocks_loss_check CHECK (loss BETWEEN 0 AND 1),
    CONSTRAINT onboarding_kblocks_confidence_check CHECK (confidence BETWEEN 0 AND 1)
);
-- To read a K-Block by its id alone.
CREATE INDEX onboarding_kblocks_id ON onboarding_kblocks (id);

-- When each user first completed each flow.
CREATE TABLE onboarding_profiles (
    user_id VARCHAR(64) NOT NULL,
    flow VARCHAR(32) NOT NULL,
    completed_at TIMESTAMP WITH TIME ZONE NOT NULL,
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
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT onboarding_idempotency_records_pkey PRIMARY KEY (id)
);
CREATE INDEX onboarding_idempotency_records_session ON onboarding_idempotency_records (session_id);
CREATE INDEX onboarding_idempotency_records_created ON onboarding_idempotency_records (created_at);

-- Backfill of rows that other software wrote

-- Returns the id of the declaration step: the first step in a flow's definition that creates a K-Block. Returns null if
-- there is none, or if the definition is unreadable.
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

-- Adds the events and profiles that follow from the columns of sessions that other software wrote. Does not change the
-- original's columns. Skips sessions that others have locked. Returns the number of backfilled sessions.
--
-- One statement, so that each session is found once. Its snapshot is older than its locks. That is correct: whoever
-- wrote one of the missing events in between has also marked the session as recorded, and FOR UPDATE evaluates the
-- condition again after it has locked a changed session.
CREATE FUNCTION onboarding_backfill(session_ids TEXT[]) RETURNS INTEGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    backfilled INTEGER;
BEGIN
    -- past_revision, past_milestones: of events that exist because other software wrote a deleted session again.
    -- declaration_step: first_declaration if the flow's version is not published yet.
    WITH waiting AS MATERIALIZED (
        SELECT s.*, past.revision AS past_revision, past.milestones AS past_milestones,
            CASE WHEN s.first_declaration IS NULL THEN NULL
                WHEN v.flow IS NULL THEN 'first_declaration'
                ELSE onboarding_declaration_step(v.definition) END AS declaration_step
        FROM onboarding_sessions s
        LEFT JOIN onboarding_flow_versions v ON v.flow = s.flow AND v.version = s.flow_version
        CROSS JOIN LATERAL (
            SELECT max(e.revision) AS revision,
                array_agg(CASE e.type WHEN 'step_done' THEN 'step_done ' || e.step ELSE e.type END) AS milestones
            FROM onboarding_events e
            WHERE e.session_created_at = s.created_at AND e.session_id = s.id) past
        WHERE s.id = ANY (session_ids)
            AND (NOT s.started_recorded OR (s.completed AND NOT s.completed_recorded))
        FOR UPDATE OF s SKIP LOCKED
    ), new_events AS (
        -- The ids are UUIDv7 with the event's time, so that a session's events sort in the order in which they
        -- happened.
        INSERT INTO onboarding_events
            (id, session_id, user_id, flow, flow_version, type, step, revision, at, session_created_at)
        SELECT substr(stamped.millis, 1, 8) || '-' || substr(stamped.millis, 9) || '-7' || event.place
                || substr(gen_random_uuid()::text, 19),
            s.id, s.user_id, s.flow, s.flow_version, event.type, event.step, s.revision, event.at, s.created_at
        FROM waiting s
        CROSS JOIN LATERAL (VALUES
            ('000', 'started', 'started', 'started', s.created_at, true),
            ('001', 'step_done', s.declaration_step, 'step_done ' || s.declaration_step,
                coalesce(s.completed_at, s.updated_at), s.declaration_step IS NOT NULL),
            ('002', 'completed', s.current_step, 'completed', coalesce(s.completed_at, s.updated_at), s.completed)
        ) AS event (place, type, step, milestone, at, happened)
        CROSS JOIN LATERAL (
            SELECT lpad(to_hex(CAST(least(greatest(extract(epoch FROM event.at), 0), 99999999999) * 1000 AS bigint)),
                12, '0') AS millis) stamped
        WHERE event.happened
            AND (s.past_milestones IS NULL OR event.milestone <> ALL (s.past_milestones))
        ON CONFLICT DO NOTHING
    ), new_profiles AS (
        INSERT INTO onboarding_profiles (user_id, flow, completed_at, onboarding)
        SELECT s.user_id, s.flow, min(coalesce(s.completed_at, s.updated_at)), coalesce(bool_or(f.onboarding), false)
        FROM waiting s
        LEFT JOIN onboarding_flows f ON f.flow = s.flow
        WHERE s.completed AND s.user_id IS NOT NULL
        GROUP BY s.user_id, s.flow
        ORDER BY s.user_id, s.flow
        ON CONFLICT (user_id, flow) DO UPDATE SET completed_at = excluded.completed_at
            WHERE excluded.completed_at < onboarding_profiles.completed_at
    )
    -- The revision of a deleted session that other software wrote again continues after that of its existing events.
    UPDATE onboarding_sessions s
    SET started_recorded = true, completed_recorded = s.completed, revision = greatest(s.revision, w.past_revision)
    FROM waiting w
    WHERE s.id = w.id;
    GET DIAGNOSTICS backfilled = ROW_COUNT;
    RETURN backfilled;
END
$$;

-- Cleanup

-- The cleanup rule, for every way to run cleanup and for statistics. It reads no table, so that PostgreSQL inlines it:
-- statistics apply it to every session. greatest() ignores nulls.
CREATE FUNCTION onboarding_is_abandoned(
    completed BOOLEAN, dismissed_at TIMESTAMP WITH TIME ZONE, created_at TIMESTAMP WITH TIME ZONE,
    last_active_at TIMESTAMP WITH TIME ZONE, flow_hours INTEGER, as_of TIMESTAMP WITH TIME ZONE,
    retention_hours INTEGER)
RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT NOT completed
        AND dismissed_at IS NULL
        AND greatest(created_at, last_active_at) < as_of - greatest(retention_hours, flow_hours) * interval '1 hour'
$$;

-- Returns the next abandoned sessions after a given one, oldest first, so that a run reads no session twice. The
-- conditions before the call of the rule follow from it, but can use an index. The settings make PostgreSQL read along
-- that index whatever its statistics are.
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

-- Deletes those of the given sessions that are still abandoned, with everything that they created, but keeps their
-- events. It skips sessions that are being changed, and locks the others, so that they cannot change before they are
-- deleted. Each session is found by its id and locked before the rule is applied, so that PostgreSQL never reads all
-- open sessions, whatever its statistics are.
--
-- A cluster that cannot lock rows of several shards at once has to process one session at a time. On plain PostgreSQL
-- that would make cleanup a third slower.
CREATE FUNCTION onboarding_delete_abandoned(
    session_ids TEXT[], as_of TIMESTAMP WITH TIME ZONE, retention_hours INTEGER)
RETURNS INTEGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    chosen TEXT[];
    unrecorded TEXT[];
    -- Computed once: for each event it would take a tenth of the deletion's time.
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

-- The original's function. Existing functions of this name are replaced, whatever their parameters.
DO $$
DECLARE
    existing regprocedure;
BEGIN
    FOR existing IN
        SELECT oid FROM pg_proc
        WHERE proname = 'cleanup_onboarding_sessions' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP ROUTINE ' || existing;
    END LOOP;
END
$$;
-- Works with any search_path of the caller. The whole call is one transaction; the server's own cleanup commits after
-- every batch.
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

-- Statements that lock onboarding_sessions come last, so that other software that writes there waits only for a moment.

-- The original's three indexes.
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
-- For the list of sessions, newest first.
CREATE INDEX IF NOT EXISTS onboarding_sessions_newest ON onboarding_sessions (created_at, id);
-- Rows that other software wrote and that have no events yet. Nearly always empty.
CREATE INDEX IF NOT EXISTS onboarding_sessions_unrecorded ON onboarding_sessions (created_at, id)
    WHERE NOT started_recorded OR (completed AND NOT completed_recorded);
ALTER TABLE onboarding_kblocks ADD CONSTRAINT onboarding_kblocks_session_fkey
    FOREIGN KEY (session_id) REFERENCES onboarding_sessions (id) ON DELETE CASCADE;
