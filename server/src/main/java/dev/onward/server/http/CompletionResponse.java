package dev.onward.server.http;

import dev.onward.transition.Onboarding;
import java.time.Instant;

/** The answer to {@code complete}. */
record CompletionResponse(boolean success, String sessionId, Instant completedAt, String message) {

    static Response answer(Onboarding onboarding) {
        return Response.json(of(onboarding)).at(onboarding.session());
    }

    static CompletionResponse of(Onboarding onboarding) {
        return new CompletionResponse(
                true,
                onboarding.session().id(),
                onboarding.session().completedAt().orElseThrow(),
                onboarding.flow().completionMessage());
    }
}
