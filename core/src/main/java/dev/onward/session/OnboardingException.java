package dev.onward.session;

/**
 * What a caller of Onward may meet. The message is safe to show to whoever asked: it says what happened and what to do
 * next, and holds no session id. Causes are for the log.
 */
public abstract sealed class OnboardingException extends RuntimeException {

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

    /** No such K-Block, or none that the caller may read. */
    public static final class KBlockNotFound extends OnboardingException {
        public KBlockNotFound() {
            super("There is no such K-Block, or it belongs to another session. Read it with its own session.");
        }
    }

    /** What was asked is not possible as the session stands. */
    public abstract static sealed class Conflict extends OnboardingException {
        private final transient Journey journey;

        private Conflict(String message, Journey journey) {
            super(message);
            this.journey = journey;
        }

        /** The session as it stands. */
        public Journey journey() {
            return journey;
        }
    }

    /** The session holds another declaration already. */
    public static final class AlreadyDeclared extends Conflict {
        public AlreadyDeclared(Journey journey) {
            super(
                    "This session has its first declaration already, and it is another one. Show the one that stands.",
                    journey);
        }
    }

    /** The flow has no step that takes a declaration. */
    public static final class NothingToDeclare extends Conflict {
        public NothingToDeclare(Journey journey) {
            super("The flow of this session has no step that makes a K-Block. Go on with its next_step.", journey);
        }
    }

    /** Others changed the session again and again while this change was being made. */
    public static final class ChangedMeanwhile extends Conflict {
        public ChangedMeanwhile(Journey journey) {
            super("Somebody else is changing this session at the same moment. Read it again, then repeat.", journey);
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
    }

    /** The connection was lost while a commit was under way, and the database could not be asked what became of it. */
    public static final class OutcomeUnknown extends OnboardingException {
        public OutcomeUnknown(Throwable cause) {
            super(
                    "The database was lost while it was saving, so the change may have happened or not."
                            + " Read the session before you repeat.",
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
}
