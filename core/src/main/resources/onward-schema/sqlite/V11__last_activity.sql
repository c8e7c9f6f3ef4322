-- When the person last answered, skipped or came back. Null until then, and on what other software alone wrote.
ALTER TABLE onboarding_sessions ADD COLUMN last_active_at DATETIME;
-- The same of a session that cleanup deleted: figures count it as they did before. Null in all other events.
ALTER TABLE onboarding_events ADD COLUMN session_last_active_at DATETIME;
