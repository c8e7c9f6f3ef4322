package dev.onward.transition;

import dev.onward.model.OnboardingEvent.EventType;
import java.time.Instant;

/**
 * An event of a session. Immutable; it outlives the session.
 *
 * @param id generated before the first attempt, so that a retry recognizes its own write
 * @param step the milestone that was reached
 */
public record SessionEvent(String id, EventType type, String step, Instant at) {}
