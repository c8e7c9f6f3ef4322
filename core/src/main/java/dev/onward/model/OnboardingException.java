package dev.onward.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why Onward did not do what a caller asked for. One nested type per cause, so that a {@code switch} over them is
 * complete. Unless a type says otherwise, nothing has changed.
 *
 * <p>Messages are for developers and logs: they hold no session id and no answers. Only Onward calls the constructors.
 */
@SuppressWarnings("doclint:missing") // Of the constructors, which only Onward calls.
public abstract sealed class OnboardingException extends RuntimeException {

    private OnboardingException(String message) {
        super(message);
    }

    private OnboardingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An argument breaks a rule. */
    public static final class InvalidField extends OnboardingException {
        private final String field;
        private final String problem;

        public InvalidField(String field, String problem) {
            super(field + " " + problem + ".");
            this.field = field;
            this.problem = problem;
        }

        /** {@return the argument's name} */
        public String field() {
            return field;
        }

        /** {@return the rest of a sentence that begins with the field} */
        public String problem() {
            return problem;
        }
    }

    /** No such session. It never existed, or cleanup has deleted it. */
    public static final class SessionNotFound extends OnboardingException {
        public SessionNotFound() {
            super("Session not found.");
        }
    }

    /** The flow has no such step. */
    public static final class StepNotFound extends OnboardingException {
        private final transient List<String> steps;

        public StepNotFound(List<String> steps) {
            super("The flow has no such step. Its steps: " + joined(steps) + ".");
            this.steps = List.copyOf(steps);
        }

        /** {@return the ids of the flow's steps, in its order} */
        public List<String> steps() {
            return steps;
        }
    }

    /** An answer does not meet its step's schema. */
    public static final class InvalidAnswer extends OnboardingException {
        private final transient List<Violation> violations;

        public InvalidAnswer(List<Violation> violations) {
            super("The answer does not meet the step's schema: " + violations.size() + " violation(s).");
            this.violations = List.copyOf(violations);
        }

        /** {@return what is wrong with the answer, at least one} */
        public List<Violation> violations() {
            return violations;
        }
    }

    /** The answers of a session would exceed 64 KiB as JSON. */
    public static final class AnswersTooLarge extends OnboardingException {
        public AnswersTooLarge() {
            super("The answers of a session may take 64 KiB as JSON in all.");
        }
    }

    /** No such K-Block. */
    public static final class KBlockNotFound extends OnboardingException {
        public KBlockNotFound() {
            super("K-Block not found.");
        }
    }

    /** The session's state does not allow the change. */
    public abstract static sealed class Conflict extends OnboardingException {
        private final transient SessionView session;

        private Conflict(String message, SessionView session) {
            super(message);
            this.session = session;
        }

        /** {@return the session as it is now} */
        public SessionView session() {
            return session;
        }
    }

    /** The session already has another first declaration. */
    public static final class AlreadyDeclared extends Conflict {
        public AlreadyDeclared(SessionView session) {
            super("The session already has another first declaration.", session);
        }
    }

    /** The flow has no step that takes a declaration. */
    public static final class NoDeclarationStep extends Conflict {
        public NoDeclarationStep(SessionView session) {
            super("The flow has no step that creates a K-Block.", session);
        }
    }

    /** Other callers kept changing the session at the same time. */
    public static final class ConcurrentUpdate extends Conflict {
        public ConcurrentUpdate(SessionView session) {
            super("Other callers kept changing the session at the same time.", session);
        }
    }

    /** The session has another revision than the caller expects. */
    public static final class StaleRevision extends Conflict {
        public StaleRevision(SessionView session) {
            super("The session is at revision " + session.revision() + ", not at the expected one.", session);
        }
    }

    /** The answers so far do not lead to the step, or a required step before it is not done. */
    public static final class StepNotReachable extends Conflict {
        private final String step;

        public StepNotReachable(SessionView session, String step) {
            super("The step " + step + " cannot be done now.", session);
            this.step = step;
        }

        /** {@return the step's id} */
        public String step() {
            return step;
        }
    }

    /** The step already has another answer, and its flow does not allow to change it. */
    public static final class AlreadyAnswered extends Conflict {
        private final String step;

        public AlreadyAnswered(SessionView session, String step) {
            super("The step " + step + " already has another answer, which cannot be changed.", session);
            this.step = step;
        }

        /** {@return the step's id} */
        public String step() {
            return step;
        }
    }

    /** A required step cannot be skipped. */
    public static final class StepRequired extends Conflict {
        private final String step;

        public StepRequired(SessionView session, String step) {
            super("The step " + step + " is required and cannot be skipped.", session);
            this.step = step;
        }

        /** {@return the step's id} */
        public String step() {
            return step;
        }
    }

    /** Required steps are not done yet. */
    public static final class StepsMissing extends Conflict {
        private final transient List<String> steps;

        public StepsMissing(SessionView session, List<String> steps) {
            super("Required steps are not done: " + joined(steps) + ".", session);
            this.steps = List.copyOf(steps);
        }

        /** {@return the ids of the missing steps, in the flow's order} */
        public List<String> steps() {
            return steps;
        }
    }

    /** The person dismissed the session; it can be reopened. */
    public static final class Dismissed extends Conflict {
        public Dismissed(SessionView session) {
            super("The session is dismissed. Reopen it first.", session);
        }
    }

    /** A completed session cannot be dismissed or reopened. */
    public static final class AlreadyCompleted extends Conflict {
        public AlreadyCompleted(SessionView session) {
            super("The session is completed. Restart it to begin again.", session);
        }
    }

    /** Another session replaces this one. */
    public static final class Superseded extends Conflict {
        public Superseded(SessionView session) {
            super("Another session replaces this one.", session);
        }
    }

    /** The session belongs to another user. */
    public static final class ClaimedByAnotherUser extends Conflict {
        public ClaimedByAnotherUser(SessionView session) {
            super("The session belongs to another user.", session);
        }
    }

    /** The user already has an open session of the same flow. */
    public static final class UserHasOpenSession extends Conflict {
        public UserHasOpenSession(SessionView session) {
            super("The user already has an open session of this flow. Choose another claim policy.", session);
        }
    }

    /** Another caller completed the same request, by its idempotency key, at the same moment. Repeat it to read the result. */
    public static final class RequestRepeated extends OnboardingException {
        public RequestRepeated() {
            super("The same request has just been completed. Repeat it to read the result.");
        }
    }

    /** A request with the same idempotency key is still running. */
    public static final class RequestInProgress extends OnboardingException {
        public RequestInProgress() {
            super("A request with the same idempotency key is still running.");
        }
    }

    /** An idempotency key was used before for a different request. */
    public static final class IdempotencyKeyReused extends OnboardingException {
        public IdempotencyKeyReused() {
            super("The idempotency key was used before for a different request. Use a new key.");
        }
    }

    /** The session follows a flow version that is not available. */
    public static final class FlowNotLoaded extends OnboardingException {
        private final String flow;

        public FlowNotLoaded(String flow) {
            super("The flow " + flow + " of this session is not available.");
            this.flow = flow;
        }

        /** {@return the flow's id} */
        public String flow() {
            return flow;
        }
    }

    /** The database cannot be reached. */
    public static final class StoreUnavailable extends OnboardingException {
        private final @Nullable String reason;

        public StoreUnavailable(Throwable cause) {
            super("The database does not answer. Nothing was changed.", cause);
            this.reason = null;
        }

        public StoreUnavailable(String reason, Throwable cause) {
            super(reason + ". Nothing was changed.", cause);
            this.reason = reason;
        }

        /** {@return what an operator has to put in order, a sentence without its full stop; empty if waiting may help} */
        public Optional<String> reason() {
            return Optional.ofNullable(reason);
        }
    }

    /** The database or Onward's queue is overloaded, or a row stayed locked for too long. */
    public static final class StoreBusy extends OnboardingException {
        private final BusyReason reason;

        /** What was waited for in vain. */
        public enum BusyReason {
            /** Another transaction held a lock, or the database took too long. */
            LOCKED("The database is locked or overloaded."),
            /** All connections of the pool, or of the database, were in use. */
            CONNECTIONS_IN_USE("All database connections are in use."),
            /** Too many calls were waiting in Onward. */
            QUEUE_FULL("Too many calls are waiting.");

            private final String message;

            BusyReason(String message) {
                this.message = message;
            }
        }

        public StoreBusy(BusyReason reason) {
            super(reason.message + " Nothing was changed.");
            this.reason = reason;
        }

        public StoreBusy(BusyReason reason, Throwable cause) {
            super(reason.message + " Nothing was changed.", cause);
            this.reason = reason;
        }

        /** {@return what was waited for in vain} */
        public BusyReason reason() {
            return reason;
        }
    }

    /**
     * The change may have happened or not: the connection was lost during the commit and the database could not be asked
     * again in time, or a commit was not confirmed in time. Read the session before you repeat.
     */
    public static final class OutcomeUnknown extends OnboardingException {
        private final @Nullable String reason;

        public OutcomeUnknown(Throwable cause) {
            super("The commit was not confirmed. The change may have happened or not.", cause);
            this.reason = null;
        }

        public OutcomeUnknown(String reason, Throwable cause) {
            super(reason + ". The change may be lost.", cause);
            this.reason = reason;
        }

        /** {@return what an operator has to put in order, a sentence without its full stop; empty if waiting may help} */
        public Optional<String> reason() {
            return Optional.ofNullable(reason);
        }
    }

    /** A long read was cancelled because it took too long or its caller was gone. */
    public static final class ReadCancelled extends OnboardingException {
        private final transient Duration limit;

        public ReadCancelled(Duration limit, Throwable cause) {
            super("The read took longer than " + limit.toSeconds() + " s and was cancelled.", cause);
            this.limit = limit;
        }

        /** {@return how long such a read may take} */
        public Duration limit() {
            return limit;
        }
    }

    /** The database has no room left. */
    public static final class StoreFull extends OnboardingException {
        public StoreFull(Throwable cause) {
            super("The database is full. Nothing was changed.", cause);
        }
    }

    /** The database failed in an unexpected way. */
    public static final class StoreFailed extends OnboardingException {
        public StoreFailed(Throwable cause) {
            super("The database failed unexpectedly. Nothing was changed.", cause);
        }
    }

    private static String joined(List<String> steps) {
        return steps.isEmpty() ? "none" : String.join(", ", steps);
    }
}
