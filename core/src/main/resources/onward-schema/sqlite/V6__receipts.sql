-- What was answered to requests that may come again.
CREATE TABLE onboarding_receipts (
    -- Says whose request it is, what it asks for, and which one: a hash over the three.
    id CHAR(64) NOT NULL PRIMARY KEY,
    fingerprint CHAR(64) NOT NULL,
    answer TEXT NOT NULL,
    -- By which a transaction that is run again recognises its own.
    token VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) REFERENCES onboarding_sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    created_at DATETIME NOT NULL
);
CREATE INDEX onboarding_receipts_session ON onboarding_receipts (session_id);
CREATE INDEX onboarding_receipts_created ON onboarding_receipts (created_at);
