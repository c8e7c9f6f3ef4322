package dev.onward.event;

import dev.onward.model.OnboardingEvent;

/**
 * An event and its place in the order of all events.
 *
 * @param cursor the place behind the event
 */
public record PositionedEvent(OnboardingEvent event, EventCursor cursor) {}
