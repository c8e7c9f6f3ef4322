package dev.onward.model;

import dev.onward.model.SessionView.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * A session in a list, without the steps of its flow.
 *
 * @param id whoever knows it may use the session, so never log it
 * @param userId the user that it belongs to
 * @param flow the flow's id
 * @param flowVersion the version that it follows
 * @param state its state
 * @param currentStep the milestone reached last: {@code started}, a step's id, or {@code completed}
 * @param completed whether the flow is completed
 * @param firstKBlockId the K-Block that the first declaration became
 * @param firstDeclaration the first declaration, exactly as sent
 * @param startedAt when it was started
 * @param completedAt when it was completed
 * @param updatedAt the time of the last change
 */
public record SessionSummary(
        String id,
        Optional<String> userId,
        String flow,
        int flowVersion,
        SessionState state,
        String currentStep,
        boolean completed,
        Optional<String> firstKBlockId,
        Optional<String> firstDeclaration,
        Instant startedAt,
        Optional<Instant> completedAt,
        Instant updatedAt) {}
