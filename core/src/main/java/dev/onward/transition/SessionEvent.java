package dev.onward.transition;

import dev.onward.model.EventType;
import java.time.Instant;

/**
 * One thing that happened to a session. Never changed; outlives the session.
 *
 * @param id made before the first try, so that a repeat recognises what it did itself
 * @param step the milestone that was reached
 */
public record SessionEvent(String id, EventType type, String step, Instant at) {}
