package dev.onward.web.problem;

import dev.onward.model.ConflictException;
import dev.onward.model.ConflictException.AlreadyAnswered;
import dev.onward.model.ConflictException.AlreadyCompleted;
import dev.onward.model.ConflictException.AlreadyDeclared;
import dev.onward.model.ConflictException.ClaimedByAnotherUser;
import dev.onward.model.ConflictException.ConcurrentUpdate;
import dev.onward.model.ConflictException.Dismissed;
import dev.onward.model.ConflictException.NoDeclarationStep;
import dev.onward.model.ConflictException.StaleRevision;
import dev.onward.model.ConflictException.StepNotReachable;
import dev.onward.model.ConflictException.StepRequired;
import dev.onward.model.ConflictException.StepsMissing;
import dev.onward.model.ConflictException.Superseded;
import dev.onward.model.ConflictException.UserHasOpenSession;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.AnswersTooLarge;
import dev.onward.model.OnboardingException.FlowNotLoaded;
import dev.onward.model.OnboardingException.IdempotencyKeyReused;
import dev.onward.model.OnboardingException.InvalidAnswer;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.model.OnboardingException.InvalidFlow;
import dev.onward.model.OnboardingException.KBlockNotFound;
import dev.onward.model.OnboardingException.OutcomeUnknown;
import dev.onward.model.OnboardingException.ReadCancelled;
import dev.onward.model.OnboardingException.RequestInProgress;
import dev.onward.model.OnboardingException.RequestRepeated;
import dev.onward.model.OnboardingException.SessionNotFound;
import dev.onward.model.OnboardingException.StepNotFound;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.model.OnboardingException.StoreFailed;
import dev.onward.model.OnboardingException.StoreFull;
import dev.onward.model.OnboardingException.StoreUnavailable;
import dev.onward.model.SessionView;
import dev.onward.model.StepView;
import dev.onward.web.response.AnswerErrorResponse;
import dev.onward.web.response.FlowErrorResponse;
import dev.onward.web.response.SessionResponse;
import java.util.List;

/** The code and detail of the problem document for each exception of the core: what happened, and what to do next. */
final class OnboardingProblems {
    /** The next action after a database file was moved, replaced or deleted. */
    private static final String RESTORE =
            "Ask the operator to stop the server, restore the database's files, and start it again.";

    private OnboardingProblems() {}

    static Problem of(OnboardingException exception) {
        return switch (exception) {
            case InvalidField e -> invalidField(e);
            case InvalidAnswer e ->
                Problem.of(
                                ProblemCode.INVALID_ANSWER,
                                "The answer does not meet the step's schema. Fix the fields listed in errors and resubmit.")
                        .with(
                                "errors",
                                e.violations().stream()
                                        .map(AnswerErrorResponse::of)
                                        .toList());
            case AnswersTooLarge e ->
                Problem.of(
                        ProblemCode.ANSWERS_TOO_LARGE,
                        "The answers of a session may take 64 KiB in all, and this one would exceed that. Send less.");
            case InvalidFlow e ->
                Problem.of(
                                ProblemCode.INVALID_FLOW,
                                "The definition is invalid, and nothing was changed. Fix what errors lists, then publish it again.")
                        .with(
                                "errors",
                                e.errors().stream().map(FlowErrorResponse::of).toList());
            case SessionNotFound e ->
                Problem.of(
                        ProblemCode.SESSION_NOT_FOUND,
                        "There is no such session: it never existed, or cleanup has deleted it. Start a new one.");
            case KBlockNotFound e ->
                Problem.of(
                        ProblemCode.KBLOCK_NOT_FOUND,
                        "There is no such K-Block, or it belongs to another session. Read it with its own session.");
            case StepNotFound e ->
                Problem.of(
                        ProblemCode.STEP_NOT_FOUND,
                        "The flow of this session has no such step. Its steps are " + joined(e.steps()) + ".");
            case AlreadyDeclared e ->
                conflict(
                        ProblemCode.ALREADY_DECLARED,
                        e,
                        "This session already has another first declaration. Show that one.");
            case NoDeclarationStep e ->
                conflict(
                        ProblemCode.NOTHING_TO_DECLARE,
                        e,
                        "The flow of this session has no step that creates a K-Block. Continue with its next_step.");
            case ConcurrentUpdate e ->
                conflict(
                        ProblemCode.CHANGED_MEANWHILE,
                        e,
                        "Other requests are changing this session at the same time. Read it again, then retry.");
            case StaleRevision e ->
                conflict(
                        ProblemCode.STALE_REVISION,
                        e,
                        "The session is at revision " + e.session().revision()
                                + ", which If-Match does not name: it changed since you read it, or the tag was never its"
                                + " ETag. Compare the session in this response with yours, then retry with its ETag.");
            case StepNotReachable e ->
                conflict(
                        ProblemCode.STEP_NOT_REACHABLE,
                        e,
                        "The step " + e.step()
                                + " cannot be done now: it depends on earlier answers, or a required step"
                                + " before it is not done. Steps that can be done now: "
                                + joined(reachable(e.session())) + ".");
            case AlreadyAnswered e ->
                conflict(
                        ProblemCode.ALREADY_ANSWERED,
                        e,
                        "The step " + e.step()
                                + " already has another answer, and its flow does not allow changes. Show"
                                + " that answer and continue with next_step.");
            case StepRequired e ->
                conflict(ProblemCode.STEP_REQUIRED, e, "The step " + e.step() + " is required. Answer it instead.");
            case StepsMissing e ->
                conflict(
                                ProblemCode.STEPS_MISSING,
                                e,
                                "Required steps are not done: " + joined(e.steps()) + ". Submit them, then complete.")
                        .with("missing", e.steps());
            case Dismissed e ->
                conflict(ProblemCode.DISMISSED, e, "The person dismissed this session. Reopen it first.");
            case AlreadyCompleted e ->
                conflict(
                        ProblemCode.ALREADY_COMPLETED,
                        e,
                        "This session is completed, so it cannot be dismissed or reopened. Restart it to begin again.");
            case Superseded e ->
                conflict(
                        ProblemCode.SUPERSEDED,
                        e,
                        "Another session replaces this one. Continue with the session that superseded_by names.");
            case ClaimedByAnotherUser e ->
                conflict(
                        ProblemCode.CLAIMED_BY_ANOTHER,
                        e,
                        "This session belongs to another user. Start a new one for this user.");
            case UserHasOpenSession e ->
                conflict(
                        ProblemCode.USER_HAS_OPEN_SESSION,
                        e,
                        "The user already has an open session of this flow. Set policy to keep_target, keep_furthest or"
                                + " merge_answers to choose which one stays.");
            case RequestRepeated e ->
                Problem.of(
                        ProblemCode.REQUEST_RUNNING,
                        "This request has just been completed. Repeat it to read the same response.");
            case RequestInProgress e ->
                Problem.of(
                        ProblemCode.REQUEST_RUNNING,
                        "A request with this Idempotency-Key is still running. Retry in a moment.");
            case IdempotencyKeyReused e ->
                Problem.of(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key was used before for a different request. Generate a new key for each"
                                + " request.");
            case FlowNotLoaded e -> flowNotLoaded(e.flow());
            case StoreUnavailable e ->
                Problem.of(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        e.reason()
                                .map(reason -> reason + ". Nothing was changed. " + RESTORE)
                                .orElse("The database does not answer. Nothing was changed. Retry in a moment."));
            case OutcomeUnknown e ->
                Problem.of(
                        ProblemCode.OUTCOME_UNKNOWN,
                        e.reason()
                                .map(reason -> reason + ". The change may be lost. " + RESTORE)
                                .orElse("The database did not confirm the change, so it may have happened or not. Read"
                                        + " the session before you retry."));
            case ReadCancelled e ->
                Problem.of(
                        ProblemCode.READ_CANCELLED,
                        "The read took longer than " + e.limit().toSeconds()
                                + " s and was cancelled. Retry when the database has less to do.");
            case StoreFull e ->
                Problem.of(
                        ProblemCode.DATABASE_FULL,
                        "The database has no room left. Nothing was changed. Tell the operator, and retry later.");
            case StoreBusy e -> Problem.of(ProblemCode.BUSY, busy(e) + " Nothing was changed. Retry in a moment.");
            case StoreFailed e ->
                Problem.of(
                        ProblemCode.INTERNAL,
                        "The database failed unexpectedly. Nothing was changed. The server's log has the cause.");
        };
    }

    static Problem flowNotLoaded(String flow) {
        return Problem.of(
                ProblemCode.FLOW_NOT_LOADED,
                "The flow " + flow + " of this session is not loaded on this server. Load it, then retry.");
    }

    private static Problem invalidField(InvalidField e) {
        String field = WireNames.of(e.field());
        return Problem.of(ProblemCode.INVALID_FIELD, field + " " + e.problem() + ".")
                .about(field);
    }

    /** A problem that contains the current session. */
    private static Problem conflict(ProblemCode code, ConflictException conflict, String detail) {
        return Problem.of(code, detail).showing(SessionResponse.of(conflict.session()));
    }

    private static List<String> reachable(SessionView session) {
        return session.steps().stream()
                .filter(StepView::reachable)
                .map(StepView::id)
                .toList();
    }

    private static String joined(List<String> steps) {
        return steps.isEmpty() ? "none" : String.join(", ", steps);
    }

    private static String busy(StoreBusy e) {
        return switch (e.reason()) {
            case LOCKED -> "The database is locked or overloaded.";
            case CONNECTIONS_IN_USE -> "All database connections are in use.";
            case QUEUE_FULL -> "Too many calls are waiting.";
        };
    }
}
