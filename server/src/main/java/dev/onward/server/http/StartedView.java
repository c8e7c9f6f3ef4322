package dev.onward.server.http;

import dev.onward.session.Session;
import dev.onward.session.Started;
import java.time.Instant;

/** The answer to {@code start}. */
record StartedView(
        String sessionId,
        Instant startedAt,
        boolean resumed,
        boolean completed,
        String state,
        String flow,
        int flowVersion,
        String currentStep) {

    static StartedView of(Started started) {
        Session session = started.journey().session();
        return new StartedView(
                session.id(),
                session.createdAt(),
                started.resumed(),
                session.completed(),
                session.state().code(),
                session.flow(),
                session.flowVersion(),
                session.currentStep());
    }
}
