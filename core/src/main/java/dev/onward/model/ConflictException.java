package dev.onward.model;

import java.util.List;

/** A session's state does not allow a change, and nothing has changed. One nested type for each cause. */
public abstract sealed class ConflictException extends OnboardingException {
    private final transient SessionView session;

    private ConflictException(String message, SessionView session) {
        super(message);
        this.session = session;
    }

    /** {@return the session as it is now} */
    public SessionView session() {
        return session;
    }

    /** The session already has another first declaration. */
    public static final class AlreadyDeclared extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public AlreadyDeclared(SessionView session) {
            super("The session already has another first declaration.", session);
        }
    }

    /** The flow has no step that takes a declaration. */
    public static final class NoDeclarationStep extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public NoDeclarationStep(SessionView session) {
            super("The flow has no step that creates a K-Block.", session);
        }
    }

    /** Other callers kept changing the session at the same time. */
    public static final class ConcurrentUpdate extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public ConcurrentUpdate(SessionView session) {
            super("Other callers kept changing the session at the same time.", session);
        }
    }

    /** The session has another revision than the caller expects. */
    public static final class StaleRevision extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public StaleRevision(SessionView session) {
            super("The session is at revision " + session.revision() + ", not at the expected one.", session);
        }
    }

    /** The answers so far do not lead to the step, or a required step before it is not done. */
    public static final class StepNotReachable extends ConflictException {
        /** The step's id. */
        private final String step;

        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         * @param step the step's id
         */
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
    public static final class AlreadyAnswered extends ConflictException {
        /** The step's id. */
        private final String step;

        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         * @param step the step's id
         */
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
    public static final class StepRequired extends ConflictException {
        /** The step's id. */
        private final String step;

        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         * @param step the step's id
         */
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
    public static final class StepsMissing extends ConflictException {
        private final transient List<String> steps;

        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         * @param steps the ids of the missing steps, in the flow's order
         */
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
    public static final class Dismissed extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public Dismissed(SessionView session) {
            super("The session is dismissed. Reopen it first.", session);
        }
    }

    /** A completed session cannot be dismissed or reopened. */
    public static final class AlreadyCompleted extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public AlreadyCompleted(SessionView session) {
            super("The session is completed. Restart it to begin again.", session);
        }
    }

    /** Another session replaces this one. */
    public static final class Superseded extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public Superseded(SessionView session) {
            super("Another session replaces this one.", session);
        }
    }

    /** The session belongs to another user. */
    public static final class ClaimedByAnotherUser extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public ClaimedByAnotherUser(SessionView session) {
            super("The session belongs to another user.", session);
        }
    }

    /** The user already has an open session of the same flow. */
    public static final class UserHasOpenSession extends ConflictException {
        /**
         * Creates the exception.
         *
         * @param session the session as it is now
         */
        public UserHasOpenSession(SessionView session) {
            super("The user already has an open session of this flow. Choose another claim policy.", session);
        }
    }
}
