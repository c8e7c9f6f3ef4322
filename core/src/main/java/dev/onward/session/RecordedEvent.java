package dev.onward.session;

import java.time.Instant;

/**
 * An event of a session's history.
 *
 * @param type its name; a newer Onward may have written one that this one does not know
 * @param place where it stands
 */
public record RecordedEvent(String id, String type, EventPosition place, Instant at) {}
