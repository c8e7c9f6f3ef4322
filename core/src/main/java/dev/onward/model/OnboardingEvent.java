package dev.onward.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that happened to a session. Events are never changed, and outlive their session.
 *
 * @param id unique; use it to recognise an event that is delivered twice
 * @param sessionId whoever knows it may use the session, so never log it
 * @param userId the session's user after the event; empty while the session is anonymous
 * @param flow the flow's id
 * @param flowVersion the version of the flow that the session followed after the event
 * @param type the code of an {@link EventType}; a newer Onward may have written a type that this one does not know
 * @param step the milestone that was reached, or the step that the event is about
 * @param revision the session's revision after the event
 * @param at when it happened
 */
public record OnboardingEvent(
        String id,
        String sessionId,
        Optional<String> userId,
        String flow,
        int flowVersion,
        String type,
        String step,
        long revision,
        Instant at) {

    /**
     * Whether the event is of a type.
     *
     * @param eventType the type
     * @return whether it is
     */
    public boolean is(EventType eventType) {
        return type.equals(eventType.code());
    }

    /** What may happen to a session. */
    public enum EventType {
        /** It began. */
        STARTED,
        /** A step was done. */
        STEP_DONE,
        /** A step was left out. */
        SKIPPED,
        /** A step that was done was answered anew, or its answer taken back. */
        REVISED,
        /** The person said not now. */
        DISMISSED,
        /** They came back to it. */
        REOPENED,
        /** An anonymous session became a user's, or was merged into this one of theirs. */
        CLAIMED,
        /** It became completed: by its last step or by the product's call, whichever came first. Once. */
        COMPLETED,
        /** The product called {@code complete} on a session that its last step had completed. Once. */
        CONFIRMED,
        /** Another session took its place. */
        SUPERSEDED,
        /** It went over to another version of its flow. */
        MIGRATED,
        /** A new version of its flow put it aside. */
        EXITED,
        /** Cleanup deleted it. */
        DELETED;

        /** {@return the name in the database and in JSON} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
