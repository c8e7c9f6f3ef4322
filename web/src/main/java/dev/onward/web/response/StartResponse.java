package dev.onward.web.response;

import dev.onward.session.StartResult;
import dev.onward.transition.Session;
import java.time.Instant;

/** The response to {@code start}. */
public record StartResponse(
        String sessionId,
        Instant startedAt,
        boolean resumed,
        boolean completed,
        String state,
        String flow,
        int flowVersion,
        String currentStep) {

    public static StartResponse of(StartResult started) {
        Session session = started.onboarding().session();
        return new StartResponse(
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
