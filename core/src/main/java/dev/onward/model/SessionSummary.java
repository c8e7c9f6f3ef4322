package dev.onward.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A session in a list, without the steps of its flow.
 *
 * @param id whoever knows it may use the session, so never log it
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
