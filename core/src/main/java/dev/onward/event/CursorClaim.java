package dev.onward.event;

/**
 * A cursor that a node has claimed.
 *
 * @param cursor the position after the last delivered event
 * @param failures the number of consecutive failed attempts at the next event
 */
public record CursorClaim(EventCursor cursor, int failures) {}
