package dev.onward.web.response;

import dev.onward.flow.VisibleSteps;
import dev.onward.model.SessionView.Progress;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.web.http.Response;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress and next step of a session. If it is about no single session, all fields but {@code completed} are
 * empty.
 */
public record StatusResponse(
        boolean completed,
        Optional<String> sessionId,
        Optional<String> firstKblockId,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<String> flow,
        Optional<Integer> flowVersion,
        Optional<String> currentStep,
        Optional<String> nextStep,
        Optional<Progress> progress,
        Optional<String> firstDeclaration,
        Optional<Instant> updatedAt) {

    public static Response answer(Onboarding onboarding) {
        return Response.json(of(onboarding)).atRevision(onboarding.session().revision());
    }

    public static StatusResponse of(Onboarding onboarding) {
        Session session = onboarding.session();
        VisibleSteps visibleSteps = onboarding.visibleSteps();
        return new StatusResponse(
                session.completed(),
                Optional.of(session.id()),
                session.firstKBlockId(),
                Optional.of(session.createdAt()),
                session.completedAt(),
                Optional.of(session.flow()),
                Optional.of(session.flowVersion()),
                Optional.of(session.currentStep()),
                onboarding.next().map(step -> step.id()),
                Optional.of(visibleSteps.progress()),
                session.firstDeclaration(),
                Optional.of(session.updatedAt()));
    }

    /** The status of the installation, or of a user without sessions. */
    public static StatusResponse bare(boolean completed) {
        return new StatusResponse(
                completed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
