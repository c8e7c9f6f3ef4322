package dev.onward.web.response;

import dev.onward.session.EventPage;
import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page of a session's history. */
public record EventPageResponse(List<EventItem> events, Optional<String> nextCursor) {

    public record EventItem(String id, String type, String step, long revision, Instant at) {
        static EventItem of(RecordedEvent event) {
            return new EventItem(
                    event.id(),
                    event.type(),
                    event.position().step(),
                    event.position().revision(),
                    event.at());
        }
    }

    public static EventPageResponse of(EventPage page, Function<EventPosition, String> cursor) {
        return new EventPageResponse(
                page.events().stream().map(EventItem::of).toList(), page.next().map(cursor));
    }
}
