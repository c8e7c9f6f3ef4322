-- The table as the seed has it. Where it stands already it is adopted with every row.
CREATE TABLE IF NOT EXISTS onboarding_sessions (
    id VARCHAR(64) PRIMARY KEY,
    user_id VARCHAR(64),
    current_step VARCHAR(32) NOT NULL DEFAULT 'started',
    completed BOOLEAN NOT NULL DEFAULT false,
    completed_at TIMESTAMP WITH TIME ZONE,
    first_kblock_id VARCHAR(64),
    first_declaration TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

-- The original's init_db() makes the table without these.
ALTER TABLE onboarding_sessions
    ALTER COLUMN current_step SET DEFAULT 'started',
    ALTER COLUMN completed SET DEFAULT false,
    ALTER COLUMN created_at SET DEFAULT now(),
    ALTER COLUMN updated_at SET DEFAULT now();

-- init_db()'s name for the first of the three.
DROP INDEX IF EXISTS ix_onboarding_sessions_user_id;

CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX IF NOT EXISTS idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
