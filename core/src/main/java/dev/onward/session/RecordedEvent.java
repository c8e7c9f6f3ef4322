package dev.onward.session;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of a session's history.
 *
 * @param userId the session's user after it
 * @param type its name; a newer Onward may have written one that this one does not know
 * @param place where it stands
 */
public record RecordedEvent(
        String id,
        Optional<String> userId,
        String flow,
        int flowVersion,
        String type,
        EventPosition place,
        Instant at) {}
