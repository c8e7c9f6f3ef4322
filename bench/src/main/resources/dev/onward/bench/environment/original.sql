-- The original software's table with :sessions sessions, of which a third are completed. Its creation times follow the
-- order of its rows, as in a table that grew.
CREATE TABLE onboarding_sessions (
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
INSERT INTO onboarding_sessions (id, user_id, completed, completed_at, created_at)
SELECT md5('session-' || n)::uuid::text, 'user-' || n % 300000, n % 3 = 0, CASE n % 3 WHEN 0 THEN now() END,
    now() - make_interval(secs => :sessions - n)
FROM generate_series(1, :sessions) n;
CREATE INDEX idx_onboarding_sessions_user_id ON onboarding_sessions (user_id);
CREATE INDEX idx_onboarding_sessions_cleanup ON onboarding_sessions (created_at) WHERE NOT completed;
CREATE INDEX idx_onboarding_sessions_completed ON onboarding_sessions (completed, completed_at);
