package dev.onward.server.http;

import dev.onward.session.Journey;
import java.time.Instant;

/** The answer to {@code complete}. */
record CompletedView(boolean success, String sessionId, Instant completedAt, String message) {

    static Answer answer(Journey journey) {
        return Answer.json(of(journey)).at(journey.session());
    }

    static CompletedView of(Journey journey) {
        return new CompletedView(
                true,
                journey.session().id(),
                journey.session().completedAt().orElseThrow(),
                journey.flow().completionMessage());
    }
}
