package dev.onward.session;

import java.time.Instant;
import java.util.Optional;

/**
 * One person's way through one version of a flow, as it is kept.
 *
 * <p>{@code completed} decides whether it is completed: other software that writes the same table may leave a time
 * without the flag, or the flag without a time.
 *
 * @param id who holds it may use the session: it is never logged
 * @param currentStep the milestone reached last: {@code started}, a step's id, {@code completed}
 * @param revision counts the changes made by Onward, from 1; 0 where other software made the session
 * @param recorded whether its events tell what its columns say; false only after other software wrote it
 */
public record Session(
        String id,
        Optional<String> userId,
        String flow,
        int flowVersion,
        String currentStep,
        boolean completed,
        Optional<Instant> completedAt,
        Optional<String> firstKBlockId,
        Optional<String> firstDeclaration,
        Optional<Instant> dismissedAt,
        long revision,
        boolean recorded,
        Instant createdAt,
        Instant updatedAt) {

    /** The milestone of a session in which nothing is done yet. */
    public static final String STARTED = "started";

    /** The milestone of a session that the product has completed; it is never left. */
    public static final String COMPLETED = "completed";

    /** A session that begins now. */
    static Session begin(String id, Optional<String> userId, String flow, int flowVersion, Instant now) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                STARTED,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                true,
                now,
                now);
    }

    /** Where the session stands; every rule about what may happen next starts here. */
    public SessionState state() {
        if (!completed) {
            return SessionState.OPEN;
        }
        boolean closed = currentStep.equals(COMPLETED) && completedAt.isPresent();
        return closed ? SessionState.COMPLETED : SessionState.FINISHED;
    }

    Session declared(String declaration, String kblockId) {
        return with(currentStep, completed, completedAt, Optional.of(kblockId), Optional.of(declaration));
    }

    Session reached(String milestone) {
        String kept = currentStep.equals(COMPLETED) ? COMPLETED : milestone;
        return with(kept, completed, completedAt, firstKBlockId, firstDeclaration);
    }

    Session completedAt(Instant time) {
        return with(currentStep, true, Optional.of(time), firstKBlockId, firstDeclaration);
    }

    private Session with(
            String step,
            boolean nowCompleted,
            Optional<Instant> time,
            Optional<String> kblockId,
            Optional<String> declaration) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                step,
                nowCompleted,
                time,
                kblockId,
                declaration,
                dismissedAt,
                revision,
                recorded,
                createdAt,
                updatedAt);
    }

    /** The session as its next revision, changed now. */
    Session revised(Instant now) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                currentStep,
                completed,
                completedAt,
                firstKBlockId,
                firstDeclaration,
                dismissedAt,
                revision + 1,
                true,
                createdAt,
                now);
    }
}
