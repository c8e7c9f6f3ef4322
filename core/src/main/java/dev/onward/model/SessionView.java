package dev.onward.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One person's session together with the version of the flow that it follows, as it was when it was read. Immutable.
 *
 * @param id whoever knows it may use the session, so never log it
 * @param userId the user that it belongs to
 * @param flow the flow's id
 * @param flowVersion the version that it follows
 * @param title the flow's title
 * @param state its state
 * @param revision counts Onward's changes, from 1; 0 if other software created the session
 * @param currentStep the milestone reached last: {@code started}, a step's id, or {@code completed}
 * @param nextStep the step to do next; empty when nothing is left
 * @param completed whether the flow is completed
 * @param startedAt when it was started
 * @param updatedAt the time of the last change, to the microsecond, as all times here
 * @param completedAt when it was completed
 * @param dismissedAt when the person said "not now"
 * @param supersededBy the session that replaces this one
 * @param firstKBlockId the K-Block that the first declaration became
 * @param firstDeclaration the first declaration, exactly as sent
 * @param completionMessage what the flow says on completion
 * @param progress how many of the visible steps are done
 * @param steps all steps of the flow, in its order, hidden ones too
 */
public record SessionView(
        String id,
        Optional<String> userId,
        String flow,
        int flowVersion,
        String title,
        SessionState state,
        long revision,
        String currentStep,
        Optional<String> nextStep,
        boolean completed,
        Instant startedAt,
        Instant updatedAt,
        Optional<Instant> completedAt,
        Optional<Instant> dismissedAt,
        Optional<String> supersededBy,
        Optional<String> firstKBlockId,
        Optional<String> firstDeclaration,
        String completionMessage,
        Progress progress,
        List<StepView> steps) {

    /** Copies the list. */
    public SessionView {
        steps = List.copyOf(steps);
    }

    /**
     * A step by its id.
     *
     * @param stepId the step's id
     * @return the step; empty if the flow has no such step
     */
    public Optional<StepView> step(String stepId) {
        return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
    }

    /** The state of a session. */
    public enum SessionState {
        /** Not completed. A step or {@code complete} moves it on; cleanup deletes it once it is abandoned. */
        OPEN,
        /** The person said not now. Kept until they reopen it. */
        DISMISSED,
        /** Its last step completed it; the product has not called {@code complete} yet. Kept. */
        FINISHED,
        /** The product has called {@code complete}. Kept; what is answered late is still taken. */
        COMPLETED,
        /** Another session stands in its place. Nothing happens to it any more; cleanup deletes it like an open one. */
        SUPERSEDED;

        /** {@return the name in JSON} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far a session is.
     *
     * @param done the visible steps that are answered or skipped
     * @param total all visible steps
     */
    public record Progress(int done, int total) {}
}
