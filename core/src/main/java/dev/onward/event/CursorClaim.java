package dev.onward.event;

/**
 * A cursor that a node holds.
 *
 * @param cursor behind the last event that was delivered
 * @param failures how many attempts at the next event have failed in a row
 */
public record CursorClaim(EventCursor cursor, int failures) {}
