-- Whoever answered before there was a last activity is not cleaned away for it. A script of its own: the lock that the
-- new column takes is not held while rows are written.
UPDATE onboarding_sessions SET last_active_at = updated_at
WHERE NOT completed AND dismissed_at IS NULL AND revision > 0 AND updated_at > created_at;
