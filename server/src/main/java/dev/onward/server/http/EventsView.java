package dev.onward.server.http;

import dev.onward.session.EventPage;
import dev.onward.session.EventPlace;
import dev.onward.session.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page of a session's history. */
record EventsView(List<Item> events, Optional<String> nextCursor) {

    record Item(String id, String type, String step, long revision, Instant at) {
        static Item of(RecordedEvent event) {
            return new Item(
                    event.id(),
                    event.type(),
                    event.place().step(),
                    event.place().revision(),
                    event.at());
        }
    }

    static EventsView of(EventPage page, Function<EventPlace, String> cursor) {
        return new EventsView(
                page.events().stream().map(Item::of).toList(), page.next().map(cursor));
    }
}
