-- The hash of the secret that a claimed session takes in mode public beside its id. Null where the id alone opens it.
ALTER TABLE onboarding_sessions ADD COLUMN claim_secret_hash VARCHAR(128);
