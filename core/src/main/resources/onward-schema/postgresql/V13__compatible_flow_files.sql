-- Which files the servers have published before, by the SHA-256 of their text: those need no review at the next start.
CREATE TABLE onboarding_flow_files (
    hash CHAR(64) NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    FOREIGN KEY (flow, version) REFERENCES onboarding_flow_versions (flow, version)
);
