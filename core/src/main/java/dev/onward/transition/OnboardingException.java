package dev.onward.transition;

import dev.onward.flow.Step;
import dev.onward.schema.Violation;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.LongRead;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a caller of Onward may meet. The message is safe to show to whoever asked: it says what happened and what to do
 * next, and holds no session id. Causes are for the log.
 */
public abstract sealed class OnboardingException extends RuntimeException {
    /** What helps where a file of the database was moved, replaced or deleted. */
    private static final String RESTORE =
            "Ask the operator to stop the server, put the database's files in order, and start it again.";

    private OnboardingException(String message) {
        super(message);
    }

    private OnboardingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A field breaks its rule. */
    public static final class InvalidField extends OnboardingException {
        private final String field;

        /**
         * @param field the name on the wire
         * @param problem what is wrong and what would be right, as the rest of a sentence that begins with the field
         */
        public InvalidField(String field, String problem) {
            super(field + " " + problem + ".");
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** No such session: never made, or cleaned up. */
    public static final class SessionNotFound extends OnboardingException {
        public SessionNotFound() {
            super("There is no such session: it never was, or it was cleaned up. Start a new one.");
        }
    }

    /** The flow has no such step. */
    public static final class StepNotFound extends OnboardingException {
        public StepNotFound(Onboarding onboarding) {
            super("The flow of this session has no such step. Its steps are "
                    + names(onboarding.flow().steps()) + ".");
        }
    }

    /** An answer breaks what its step asks for. */
    public static final class InvalidAnswer extends OnboardingException {
        private final transient List<Violation> violations;

        /** @param violations at least one */
        public InvalidAnswer(List<Violation> violations) {
            super("The answer does not meet what its step asks for. Mend what errors lists, then repeat.");
            this.violations = List.copyOf(violations);
        }

        public List<Violation> violations() {
            return violations;
        }
    }

    /** The answers of a session would take more room than it has. */
    public static final class AnswersTooLarge extends OnboardingException {
        public AnswersTooLarge() {
            super(
                    "The answers of a session may take 64 KiB in all, and with this one they would take more. Send less.");
        }
    }

    /** No such K-Block, or none that the caller may read. */
    public static final class KBlockNotFound extends OnboardingException {
        public KBlockNotFound() {
            super("There is no such K-Block, or it belongs to another session. Read it with its own session.");
        }
    }

    /** What was asked is not possible as the session stands. */
    public abstract static sealed class Conflict extends OnboardingException {
        private final transient Onboarding onboarding;

        private Conflict(String message, Onboarding onboarding) {
            super(message);
            this.onboarding = onboarding;
        }

        /** The session as it stands. */
        public Onboarding onboarding() {
            return onboarding;
        }
    }

    /** The session holds another declaration already. */
    public static final class AlreadyDeclared extends Conflict {
        public AlreadyDeclared(Onboarding onboarding) {
            super(
                    "This session has its first declaration already, and it is another one. Show the one that stands.",
                    onboarding);
        }
    }

    /** The flow has no step that takes a declaration. */
    public static final class NoDeclarationStep extends Conflict {
        public NoDeclarationStep(Onboarding onboarding) {
            super("The flow of this session has no step that makes a K-Block. Go on with its next_step.", onboarding);
        }
    }

    /** Others changed the session again and again while this change was being made. */
    public static final class ConcurrentUpdate extends Conflict {
        public ConcurrentUpdate(Onboarding onboarding) {
            super("Somebody else is changing this session at the same moment. Read it again, then repeat.", onboarding);
        }
    }

    /** The session is another than the caller expects. */
    public static final class StaleRevision extends Conflict {
        public StaleRevision(Onboarding onboarding) {
            super(
                    "The session is at revision " + onboarding.session().revision()
                            + ", which If-Match does not name: it was"
                            + " changed since you read it, or the tag was never its ETag. Compare the session in this"
                            + " answer with yours, then repeat with its ETag.",
                    onboarding);
        }
    }

    /** A step depends on answers that were given otherwise, or required steps before it are missing. */
    public static final class StepNotReachable extends Conflict {
        public StepNotReachable(Onboarding onboarding, Step step) {
            super(
                    "The step " + step.id() + " cannot be done now: it depends on earlier answers, or a required step"
                            + " before it is missing. What can be done now: "
                            + names(onboarding.visibleSteps().reachable()) + ".",
                    onboarding);
        }
    }

    /** A step holds another answer, which may not be replaced. */
    public static final class AlreadyAnswered extends Conflict {
        public AlreadyAnswered(Onboarding onboarding, Step step) {
            super(
                    "The step " + step.id() + " has its answer already, and its flow does not let it be changed. Show"
                            + " the answer that stands, and go on with next_step.",
                    onboarding);
        }
    }

    /** A step has to be answered. */
    public static final class StepRequired extends Conflict {
        public StepRequired(Onboarding onboarding, Step step) {
            super("The step " + step.id() + " is not optional, so it cannot be skipped. Answer it.", onboarding);
        }
    }

    /** Required steps have no answer yet. */
    public static final class StepsMissing extends Conflict {
        private final transient List<String> steps;

        public StepsMissing(Onboarding onboarding, List<Step> missing) {
            super("Required steps are missing: " + names(missing) + ". Have them answered, then complete.", onboarding);
            this.steps = missing.stream().map(Step::id).toList();
        }

        /** Their ids, in the flow's order. */
        public List<String> steps() {
            return steps;
        }
    }

    /** The person said not now. */
    public static final class Dismissed extends Conflict {
        public Dismissed(Onboarding onboarding) {
            super("This session is dismissed: the person said not now. Reopen it first.", onboarding);
        }
    }

    /** A completed session cannot be put off or reopened. */
    public static final class AlreadyCompleted extends Conflict {
        public AlreadyCompleted(Onboarding onboarding) {
            super(
                    "This session is completed, so there is nothing to put off or to reopen. Restart it to begin anew.",
                    onboarding);
        }
    }

    /** Another session stands in its place. */
    public static final class Superseded extends Conflict {
        public Superseded(Onboarding onboarding) {
            super(
                    "Another session stands in the place of this one. Go on with the one that superseded_by names.",
                    onboarding);
        }
    }

    /** The session is another user's. */
    public static final class ClaimedByAnotherUser extends Conflict {
        public ClaimedByAnotherUser(Onboarding onboarding) {
            super("This session belongs to another user already. Start one for this user.", onboarding);
        }
    }

    /** The user has an open session in the same flow. */
    public static final class UserHasOpenSession extends Conflict {
        public UserHasOpenSession(Onboarding onboarding) {
            super(
                    "The user has an open session of this flow already. Choose what becomes of the two by policy:"
                            + " keep_target, keep_furthest or merge_answers.",
                    onboarding);
        }
    }

    /** The same request was done by somebody else at the same moment; its {@link IdempotencyRecord} stands. */
    public static final class RequestRepeated extends OnboardingException {
        public RequestRepeated() {
            super("This very request has been done already. Repeat it to be answered the same.");
        }
    }

    /** The same request is under way elsewhere. */
    public static final class RequestInProgress extends OnboardingException {
        public RequestInProgress() {
            super("A request with this Idempotency-Key is still under way. Repeat in a moment.");
        }
    }

    /** A session follows a flow that is not loaded here. */
    public static final class FlowNotLoaded extends OnboardingException {
        public FlowNotLoaded(String flow) {
            super("The flow " + flow + " of this session is not loaded on this server. Load it, then repeat.");
        }
    }

    /** The database cannot be reached; what was asked has not happened. */
    public static final class StoreUnavailable extends OnboardingException {
        public StoreUnavailable(Throwable cause) {
            super("The database does not answer, so nothing was changed. Repeat in a moment.", cause);
        }

        /** @param reason the beginning of a sentence */
        public StoreUnavailable(String reason, Throwable cause) {
            super(reason + ", so nothing was changed. " + RESTORE, cause);
        }
    }

    /** The database answers, but more is asked of it than it can do soon; what was asked has not happened. */
    public static final class StoreBusy extends OnboardingException {
        private static final String MESSAGE =
                "The database is locked or has too much to do, so nothing was changed. Repeat in a moment.";

        public StoreBusy() {
            super(MESSAGE);
        }

        public StoreBusy(Throwable cause) {
            super(MESSAGE, cause);
        }
    }

    /**
     * The connection was lost while a commit was under way, and the database could not be asked what became of it; or a
     * commit was not confirmed in time.
     */
    public static final class OutcomeUnknown extends OnboardingException {
        public OutcomeUnknown(Throwable cause) {
            super(
                    "The database was lost while it was saving, or did not confirm it in time, so the change may have"
                            + " happened or not."
                            + " Read the session before you repeat.",
                    cause);
        }

        /** @param reason the beginning of a sentence */
        public OutcomeUnknown(String reason, Throwable cause) {
            super(reason + ", so the change may be lost. " + RESTORE, cause);
        }
    }

    /** A read of many rows was cancelled in the database, because it took too long or nobody waited for it. */
    public static final class ReadCancelled extends OnboardingException {
        public ReadCancelled(LongRead read, Throwable cause) {
            super(
                    "Reading took longer than " + read.limit().toSeconds()
                            + " s, so it was cancelled in the database. Repeat when the database has less to do.",
                    cause);
        }
    }

    /** The database has no room left; what was asked has not happened. */
    public static final class StoreFull extends OnboardingException {
        public StoreFull(Throwable cause) {
            super("The database has no room left, so nothing was changed. Tell the operator, and repeat later.", cause);
        }
    }

    /** The database refused or broke in a way that nobody foresaw; what was asked has not happened. */
    public static final class StoreFailed extends OnboardingException {
        public StoreFailed(Throwable cause) {
            super(
                    "The database could not do what was asked, so nothing was changed. The server's log says why.",
                    cause);
        }
    }

    private static String names(List<Step> steps) {
        return steps.isEmpty() ? "none" : steps.stream().map(Step::id).collect(Collectors.joining(", "));
    }
}
