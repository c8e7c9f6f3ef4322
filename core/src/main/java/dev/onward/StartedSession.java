package dev.onward;

import dev.onward.model.SessionView;

/**
 * A session to work with.
 *
 * @param session the session
 * @param resumed whether it existed before the call
 */
public record StartedSession(SessionView session, boolean resumed) {}
