ALTER TABLE onboarding_flows
    ADD COLUMN current_version INTEGER NOT NULL DEFAULT 1 CHECK (current_version >= 1),
    -- Whether a file of the servers defines it; then the API does not change it.
    ADD COLUMN from_file BOOLEAN NOT NULL DEFAULT false;

-- What is published of each flow. A row never changes: its hash tells whether somebody has changed it all the same.
CREATE TABLE onboarding_flow_versions (
    flow VARCHAR(32) NOT NULL REFERENCES onboarding_flows (flow),
    version INTEGER NOT NULL CHECK (version >= 1),
    -- JSON without white space, in the order in which it was written.
    definition TEXT NOT NULL,
    -- SHA-256 of the definition, in hexadecimal digits.
    hash CHAR(64) NOT NULL CHECK (length(hash) = 64),
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (flow, version),
    CONSTRAINT onboarding_flow_versions_once UNIQUE (flow, hash)
);

-- Each time that a version became current, and how far the sessions under way have been brought there.
CREATE TABLE onboarding_releases (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    flow VARCHAR(32) NOT NULL,
    version INTEGER NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    -- How many sessions were moved, and how many could not be.
    moved BIGINT NOT NULL DEFAULT 0 CHECK (moved >= 0),
    left_behind BIGINT NOT NULL DEFAULT 0 CHECK (left_behind >= 0),
    FOREIGN KEY (flow, version) REFERENCES onboarding_flow_versions (flow, version)
);
CREATE INDEX onboarding_releases_open ON onboarding_releases (flow) WHERE finished_at IS NULL;
