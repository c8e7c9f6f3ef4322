package dev.onward.event;

import dev.onward.model.OnboardingEvent;

/**
 * An event and its position in the order of all events.
 *
 * @param cursor the position after the event
 */
public record PositionedEvent(OnboardingEvent event, EventCursor cursor) {}
