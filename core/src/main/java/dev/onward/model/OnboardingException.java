package dev.onward.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Onward did not do what a caller asked for. One type for each cause, nested here or in {@link ConflictException}, so that
 * a {@code switch} over them is complete. Nothing has changed, unless the type or the method says otherwise.
 *
 * <p>Messages are for developers and logs: they contain no session id and no answers.
 */
public abstract sealed class OnboardingException extends RuntimeException
        permits OnboardingException.InvalidField,
                OnboardingException.InvalidAnswer,
                OnboardingException.AnswersTooLarge,
                OnboardingException.InvalidFlow,
                OnboardingException.SessionNotFound,
                OnboardingException.StepNotFound,
                OnboardingException.KBlockNotFound,
                OnboardingException.FlowNotLoaded,
                OnboardingException.RequestRepeated,
                OnboardingException.RequestInProgress,
                OnboardingException.IdempotencyKeyReused,
                OnboardingException.StoreUnavailable,
                OnboardingException.StoreBusy,
                OnboardingException.OutcomeUnknown,
                OnboardingException.ReadCancelled,
                OnboardingException.StoreFull,
                OnboardingException.StoreFailed,
                ConflictException {

    OnboardingException(String message) {
        super(message);
    }

    private OnboardingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An argument breaks a rule. */
    public static final class InvalidField extends OnboardingException {
        /** The argument's name. */
        private final String field;
        /** The rest of a sentence that begins with the field. */
        private final String problem;

        /**
         * Creates the exception.
         *
         * @param field the argument's name
         * @param problem the rest of a sentence that begins with the field
         */
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
        /** Creates the exception. */
        public SessionNotFound() {
            super("Session not found.");
        }
    }

    /** The flow has no such step. */
    public static final class StepNotFound extends OnboardingException {
        private final transient List<String> steps;

        /**
         * Creates the exception.
         *
         * @param steps the ids of the flow's steps, in its order
         */
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

        /**
         * Creates the exception.
         *
         * @param violations what is wrong with the answer, at least one
         */
        public InvalidAnswer(List<Violation> violations) {
            super("The answer does not meet the step's schema: " + violations.size() + " violation(s).");
            this.violations = List.copyOf(violations);
        }

        /** {@return what is wrong with the answer, at least one} */
        public List<Violation> violations() {
            return violations;
        }
    }

    /**
     * One way in which an answer breaks its schema.
     *
     * @param pointer where, as a JSON Pointer into the answer; empty for the answer itself
     * @param problem what is wrong, as the rest of a sentence
     */
    public record Violation(String pointer, String problem) {}

    /** The answers of a session would exceed 64 KiB as JSON. */
    public static final class AnswersTooLarge extends OnboardingException {
        /** Creates the exception. */
        public AnswersTooLarge() {
            super("The answers of a session may take 64 KiB as JSON in all.");
        }
    }

    /** A flow definition breaks its rules. The message lists every error, one a line: file, line, key, what to do. */
    public static final class InvalidFlow extends OnboardingException {
        private final transient List<FlowError> errors;

        /**
         * Creates the exception.
         *
         * @param errors at least one
         */
        public InvalidFlow(List<FlowError> errors) {
            super(errors.stream().map(FlowError::text).collect(Collectors.joining("\n")));
            this.errors = List.copyOf(errors);
        }

        /** {@return all errors, in the order of the lines} */
        public List<FlowError> errors() {
            return errors;
        }
    }

    /** No such K-Block. */
    public static final class KBlockNotFound extends OnboardingException {
        /** Creates the exception. */
        public KBlockNotFound() {
            super("K-Block not found.");
        }
    }

    /** Another caller completed the same request, by its idempotency key, at the same moment. Repeat it to read the result. */
    public static final class RequestRepeated extends OnboardingException {
        /** Creates the exception. */
        public RequestRepeated() {
            super("The same request has just been completed. Repeat it to read the result.");
        }
    }

    /** A request with the same idempotency key is still running. */
    public static final class RequestInProgress extends OnboardingException {
        /** Creates the exception. */
        public RequestInProgress() {
            super("A request with the same idempotency key is still running.");
        }
    }

    /** An idempotency key was used before for a different request. */
    public static final class IdempotencyKeyReused extends OnboardingException {
        /** Creates the exception. */
        public IdempotencyKeyReused() {
            super("The idempotency key was used before for a different request. Use a new key.");
        }
    }

    /** The session follows a flow version that is not available. */
    public static final class FlowNotLoaded extends OnboardingException {
        /** The flow's id. */
        private final String flow;

        /**
         * Creates the exception.
         *
         * @param flow the flow's id
         */
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
        /** What an operator has to put in order; null if waiting may help. */
        private final @Nullable String reason;

        /**
         * Creates the exception.
         *
         * @param cause the database's exception
         */
        public StoreUnavailable(Throwable cause) {
            super("The database does not answer. Nothing was changed.", cause);
            this.reason = null;
        }

        /**
         * Creates the exception.
         *
         * @param reason what an operator has to put in order, a sentence without its full stop
         * @param cause the database's exception
         */
        public StoreUnavailable(String reason, Throwable cause) {
            super(reason + ". Nothing was changed.", cause);
            this.reason = reason;
        }

        /** {@return what an operator has to put in order, a sentence without its full stop; empty if waiting may help} */
        public Optional<String> reason() {
            return Optional.ofNullable(reason);
        }
    }

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

    /** The database or Onward's queue is overloaded, or a row stayed locked for too long. */
    public static final class StoreBusy extends OnboardingException {
        /** What was waited for in vain. */
        private final BusyReason reason;

        /**
         * Creates the exception.
         *
         * @param reason what was waited for in vain
         */
        public StoreBusy(BusyReason reason) {
            super(reason.message + " Nothing was changed.");
            this.reason = reason;
        }

        /**
         * Creates the exception.
         *
         * @param reason what was waited for in vain
         * @param cause the database's exception
         */
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
        /** What an operator has to put in order; null if waiting may help. */
        private final @Nullable String reason;

        /**
         * Creates the exception.
         *
         * @param cause the database's exception
         */
        public OutcomeUnknown(Throwable cause) {
            super("The commit was not confirmed. The change may have happened or not.", cause);
            this.reason = null;
        }

        /**
         * Creates the exception.
         *
         * @param reason what an operator has to put in order, a sentence without its full stop
         * @param cause the database's exception
         */
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

        /**
         * Creates the exception.
         *
         * @param limit how long such a read may take
         * @param cause the database's exception
         */
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
        /**
         * Creates the exception.
         *
         * @param cause the database's exception
         */
        public StoreFull(Throwable cause) {
            super("The database is full. Nothing was changed.", cause);
        }
    }

    /** The database failed in an unexpected way. */
    public static final class StoreFailed extends OnboardingException {
        /**
         * Creates the exception.
         *
         * @param cause the database's exception
         */
        public StoreFailed(Throwable cause) {
            super("The database failed unexpectedly. Nothing was changed.", cause);
        }
    }

    static String joined(List<String> steps) {
        return steps.isEmpty() ? "none" : String.join(", ", steps);
    }
}
