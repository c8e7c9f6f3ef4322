package dev.onward.server.http;

import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.flow.Way;
import dev.onward.session.Journey;
import dev.onward.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A session with everything that a front end needs to draw any of its steps. */
record SessionView(
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
        List<StepView> steps) {

    static SessionView of(Journey journey) {
        Session session = journey.session();
        Flow flow = journey.flow();
        Way way = journey.way();
        return new SessionView(
                session.id(),
                session.userId(),
                flow.id(),
                flow.version(),
                flow.title(),
                session.state().code(),
                session.revision(),
                session.currentStep(),
                journey.next().map(Step::id),
                session.completed(),
                session.createdAt(),
                session.updatedAt(),
                session.completedAt(),
                session.dismissedAt(),
                session.supersededBy(),
                session.firstKBlockId(),
                session.firstDeclaration(),
                flow.completionMessage(),
                Progress.of(way),
                StepView.of(flow.steps(), way));
    }

    /** The answer that shows a session, with its revision as a strong entity tag. */
    static Answer answer(Journey journey) {
        return Answer.json(of(journey)).at(journey.session());
    }
}
