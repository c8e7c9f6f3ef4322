-- The table as the seed has it. Where it stands already it has been adopted, with every row, before this runs.
CREATE TABLE IF NOT EXISTS onboarding_sessions (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    user_id VARCHAR(64),
    current_step VARCHAR(32) NOT NULL DEFAULT 'started',
    completed BOOLEAN NOT NULL DEFAULT false,
    completed_at DATETIME,
    first_kblock_id VARCHAR(64),
    first_declaration TEXT,
    created_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
);

-- The name that the original's init_db() gives the first of the three.
DROP INDEX IF EXISTS ix_onboarding_sessions_user_id;

CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
