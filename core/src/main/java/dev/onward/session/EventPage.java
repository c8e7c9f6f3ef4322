package dev.onward.session;

import java.util.List;
import java.util.Optional;

/**
 * A page of a session's history, oldest first.
 *
 * @param next the beginning of the next page; empty on the last page
 */
public record EventPage(List<RecordedEvent> events, Optional<EventPosition> next) {
    public EventPage {
        events = List.copyOf(events);
    }

    static EventPage of(List<RecordedEvent> found, int limit) {
        if (found.size() <= limit) {
            return new EventPage(found, Optional.empty());
        }
        List<RecordedEvent> shown = found.subList(0, limit);
        return new EventPage(shown, Optional.of(shown.getLast().position()));
    }
}
