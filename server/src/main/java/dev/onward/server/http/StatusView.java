package dev.onward.server.http;

import dev.onward.flow.Way;
import dev.onward.session.Journey;
import dev.onward.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a session stands and where to go on; all but {@code completed} is empty where it is about no one session. */
record StatusView(
        boolean completed,
        Optional<String> sessionId,
        Optional<String> firstKblockId,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<String> flow,
        Optional<Integer> flowVersion,
        Optional<String> currentStep,
        Optional<String> nextStep,
        Optional<List<StepView>> steps,
        Optional<Progress> progress,
        Optional<String> firstDeclaration,
        Optional<Instant> updatedAt) {

    static Answer answer(Journey journey) {
        return Answer.json(of(journey)).at(journey.session());
    }

    static StatusView of(Journey journey) {
        Session session = journey.session();
        Way way = journey.way();
        return new StatusView(
                session.completed(),
                Optional.of(session.id()),
                session.firstKBlockId(),
                Optional.of(session.createdAt()),
                session.completedAt(),
                Optional.of(session.flow()),
                Optional.of(session.flowVersion()),
                Optional.of(session.currentStep()),
                journey.next().map(step -> step.id()),
                Optional.of(StepView.of(journey.flow().steps(), way)),
                Optional.of(Progress.of(way)),
                session.firstDeclaration(),
                Optional.of(session.updatedAt()));
    }

    /** About the installation, or a user without sessions. */
    static StatusView bare(boolean completed) {
        return new StatusView(
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
                Optional.empty(),
                Optional.empty());
    }
}
