package dev.onward.model;

import java.time.Instant;

/**
 * One thing that happened to a session. Events are never changed, and outlive their session.
 *
 * @param id unique; use it to recognise an event that is delivered twice
 * @param sessionId the session that it happened to
 * @param type the code of an {@link EventType}; a newer Onward may have written a type that this one does not know
 * @param step the milestone that was reached, or the step that the event is about
 * @param revision the session's revision after the event
 * @param at when it happened
 */
public record OnboardingEvent(String id, String sessionId, String type, String step, long revision, Instant at) {}
