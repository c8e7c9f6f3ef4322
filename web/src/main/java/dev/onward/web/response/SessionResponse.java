package dev.onward.web.response;

import dev.onward.model.SessionView;
import dev.onward.model.SessionView.Progress;
import dev.onward.transition.Onboarding;
import dev.onward.web.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A session with everything that a front end needs to draw any of its steps. */
public record SessionResponse(
        String sessionId,
        Optional<String> userId,
        String flow,
        int flowVersion,
        String title,
        String state,
        long revision,
        String currentStep,
        Optional<String> nextStep,
        boolean completed,
        Instant startedAt,
        Instant updatedAt,
        Optional<Instant> completedAt,
        Optional<Instant> dismissedAt,
        Optional<String> supersededBy,
        Optional<String> firstKblockId,
        Optional<String> firstDeclaration,
        String completionMessage,
        Progress progress,
        List<StepResponse> steps) {

    public static SessionResponse of(Onboarding onboarding) {
        return of(onboarding.view());
    }

    public static SessionResponse of(SessionView session) {
        return new SessionResponse(
                session.id(),
                session.userId(),
                session.flow(),
                session.flowVersion(),
                session.title(),
                session.state().code(),
                session.revision(),
                session.currentStep(),
                session.nextStep(),
                session.completed(),
                session.startedAt(),
                session.updatedAt(),
                session.completedAt(),
                session.dismissedAt(),
                session.supersededBy(),
                session.firstKBlockId(),
                session.firstDeclaration(),
                session.completionMessage(),
                session.progress(),
                StepResponse.of(session.steps()));
    }

    /** A response with a session and its revision as a strong entity tag. */
    public static Response answer(Onboarding onboarding) {
        return Response.json(of(onboarding)).atRevision(onboarding.session().revision());
    }
}
