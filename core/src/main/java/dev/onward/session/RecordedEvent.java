package dev.onward.session;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of a session's history.
 *
 * @param userId the session's user after the event
 * @param type its name, which may be one that only a newer Onward knows
 * @param position its position
 */
public record RecordedEvent(
        String id,
        Optional<String> userId,
        String flow,
        int flowVersion,
        String type,
        EventPosition position,
        Instant at) {}
