package dev.onward.web.response;

import dev.onward.transition.Onboarding;
import dev.onward.web.http.Response;
import java.time.Instant;

/** The response to {@code complete}. */
public record CompletionResponse(boolean success, String sessionId, Instant completedAt, String message) {

    public static Response answer(Onboarding onboarding) {
        return Response.json(of(onboarding)).atRevision(onboarding.session().revision());
    }

    public static CompletionResponse of(Onboarding onboarding) {
        return new CompletionResponse(
                true,
                onboarding.session().id(),
                onboarding.session().completedAt().orElseThrow(),
                onboarding.flow().completionMessage());
    }
}
