package dev.onward.web.problem;

import dev.onward.flow.Step;
import dev.onward.transition.OnboardingException;
import dev.onward.transition.OnboardingException.AlreadyAnswered;
import dev.onward.transition.OnboardingException.AlreadyCompleted;
import dev.onward.transition.OnboardingException.AlreadyDeclared;
import dev.onward.transition.OnboardingException.AnswersTooLarge;
import dev.onward.transition.OnboardingException.ClaimedByAnotherUser;
import dev.onward.transition.OnboardingException.ConcurrentUpdate;
import dev.onward.transition.OnboardingException.Conflict;
import dev.onward.transition.OnboardingException.Dismissed;
import dev.onward.transition.OnboardingException.FlowNotLoaded;
import dev.onward.transition.OnboardingException.InvalidAnswer;
import dev.onward.transition.OnboardingException.InvalidField;
import dev.onward.transition.OnboardingException.KBlockNotFound;
import dev.onward.transition.OnboardingException.NoDeclarationStep;
import dev.onward.transition.OnboardingException.OutcomeUnknown;
import dev.onward.transition.OnboardingException.ReadCancelled;
import dev.onward.transition.OnboardingException.RequestInProgress;
import dev.onward.transition.OnboardingException.RequestRepeated;
import dev.onward.transition.OnboardingException.SessionNotFound;
import dev.onward.transition.OnboardingException.StaleRevision;
import dev.onward.transition.OnboardingException.StepNotFound;
import dev.onward.transition.OnboardingException.StepNotReachable;
import dev.onward.transition.OnboardingException.StepRequired;
import dev.onward.transition.OnboardingException.StepsMissing;
import dev.onward.transition.OnboardingException.StoreBusy;
import dev.onward.transition.OnboardingException.StoreFailed;
import dev.onward.transition.OnboardingException.StoreFull;
import dev.onward.transition.OnboardingException.StoreUnavailable;
import dev.onward.transition.OnboardingException.Superseded;
import dev.onward.transition.OnboardingException.UserHasOpenSession;
import dev.onward.web.response.AnswerErrorResponse;
import dev.onward.web.response.SessionResponse;
import java.util.List;
import java.util.stream.Collectors;

/** The code and the words of the problem document for each exception of the core: what happened, what to do next. */
final class OnboardingProblems {
    private static final String RESTORE =
            "Ask the operator to stop the server, put the database's files in order, and start it again.";

    private OnboardingProblems() {}

    static Problem of(OnboardingException exception) {
        return switch (exception) {
            case InvalidField e -> {
                String field = WireNames.of(e.field());
                yield Problem.of(ProblemCode.INVALID_FIELD, field + " " + e.problem() + ".")
                        .about(field);
            }
            case InvalidAnswer e ->
                Problem.of(
                                ProblemCode.INVALID_ANSWER,
                                "The answer does not meet its step's schema. Fix the fields listed in errors and"
                                        + " resubmit.")
                        .with(
                                "errors",
                                e.violations().stream()
                                        .map(AnswerErrorResponse::of)
                                        .toList());
            case AnswersTooLarge e ->
                Problem.of(
                        ProblemCode.ANSWERS_TOO_LARGE,
                        "With this answer, the session's answers would exceed 64 KiB in total. Send a shorter one.");
            case SessionNotFound e ->
                Problem.of(
                        ProblemCode.SESSION_NOT_FOUND,
                        "This session does not exist, or it was deleted by cleanup. Start a new one.");
            case KBlockNotFound e ->
                Problem.of(
                        ProblemCode.KBLOCK_NOT_FOUND,
                        "This K-Block does not exist, or it belongs to another session. Read it with its own session.");
            case StepNotFound e ->
                Problem.of(
                        ProblemCode.STEP_NOT_FOUND,
                        "The session's flow has no such step. Its steps are " + names(e.steps()) + ".");
            case AlreadyDeclared e ->
                conflict(
                        ProblemCode.ALREADY_DECLARED,
                        e,
                        "The session already has a different first declaration, which cannot be changed. Show the"
                                + " stored one.");
            case NoDeclarationStep e ->
                conflict(
                        ProblemCode.NOTHING_TO_DECLARE,
                        e,
                        "The session's flow has no step that creates a K-Block. Continue with its next_step.");
            case ConcurrentUpdate e ->
                conflict(
                        ProblemCode.CHANGED_MEANWHILE,
                        e,
                        "Other requests keep changing this session. Read it again and retry.");
            case StaleRevision e ->
                conflict(
                        ProblemCode.STALE_REVISION,
                        e,
                        "If-Match does not name the session's revision, "
                                + e.onboarding().session().revision()
                                + ": the session changed after you read it, or the tag was never its ETag. Compare the"
                                + " session in this response with yours, and retry with its ETag.");
            case StepNotReachable e ->
                conflict(
                        ProblemCode.STEP_NOT_REACHABLE,
                        e,
                        "The step " + e.step().id()
                                + " cannot be done now: it depends on earlier answers, or a required"
                                + " step before it is missing. Available steps: "
                                + names(e.onboarding().visibleSteps().reachable()) + ".");
            case AlreadyAnswered e ->
                conflict(
                        ProblemCode.ALREADY_ANSWERED,
                        e,
                        "The step " + e.step().id() + " already has an answer, and its flow does not allow changing it."
                                + " Show the stored answer, and continue with next_step.");
            case StepRequired e ->
                conflict(
                        ProblemCode.STEP_REQUIRED,
                        e,
                        "The step " + e.step().id() + " is required and cannot be skipped. Answer it.");
            case StepsMissing e ->
                conflict(
                                ProblemCode.STEPS_MISSING,
                                e,
                                "Required steps are missing: " + String.join(", ", e.steps())
                                        + ". Complete the session after they are answered.")
                        .with("missing", e.steps());
            case Dismissed e ->
                conflict(
                        ProblemCode.DISMISSED,
                        e,
                        "The session is dismissed: the person chose not now. Reopen it first.");
            case AlreadyCompleted e ->
                conflict(
                        ProblemCode.ALREADY_COMPLETED,
                        e,
                        "The session is completed, so it cannot be dismissed or reopened. Restart it to begin again.");
            case Superseded e ->
                conflict(
                        ProblemCode.SUPERSEDED,
                        e,
                        "Another session replaced this one. Continue with the session that superseded_by names.");
            case ClaimedByAnotherUser e ->
                conflict(
                        ProblemCode.CLAIMED_BY_ANOTHER,
                        e,
                        "The session belongs to another user. Start a new one for this user.");
            case UserHasOpenSession e ->
                conflict(
                        ProblemCode.USER_HAS_OPEN_SESSION,
                        e,
                        "The user already has an open session of this flow. Choose how to combine the two with policy:"
                                + " keep_target, keep_furthest or merge_answers.");
            case RequestRepeated e ->
                Problem.of(
                        ProblemCode.REQUEST_RUNNING,
                        "The same request has just been completed. Retry it to get its response.");
            case RequestInProgress e ->
                Problem.of(
                        ProblemCode.REQUEST_RUNNING,
                        "A request with this Idempotency-Key is still in progress. Retry in a moment.");
            case FlowNotLoaded e -> flowNotLoaded(e.flow());
            case StoreUnavailable e ->
                Problem.of(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        e.changedFile()
                                .map(file -> file + ", so nothing was changed. " + RESTORE)
                                .orElse("The database does not answer, so nothing was changed. Retry in a moment."));
            case OutcomeUnknown e ->
                Problem.of(
                        ProblemCode.OUTCOME_UNKNOWN,
                        e.changedFile()
                                .map(file -> file + ", so the change may be lost. " + RESTORE)
                                .orElse(
                                        "The database did not confirm the change, so it may or may not be saved. Read the"
                                                + " session before you retry."));
            case ReadCancelled e ->
                Problem.of(
                        ProblemCode.READ_CANCELLED,
                        "The query took longer than " + e.limit().toSeconds()
                                + " s and was cancelled. Retry when the database is less busy.");
            case StoreFull e ->
                Problem.of(
                        ProblemCode.DATABASE_FULL,
                        "The database is out of space, so nothing was changed. Tell the operator, and retry later.");
            case StoreBusy e ->
                Problem.of(
                        ProblemCode.BUSY,
                        "The database is locked or overloaded, so nothing was changed. Retry in a moment.");
            case StoreFailed e ->
                Problem.of(
                        ProblemCode.INTERNAL,
                        "The database rejected the request, and nothing was changed. Give the operator the request_id:"
                                + " the log has the cause under it.");
        };
    }

    static Problem flowNotLoaded(String flow) {
        return Problem.of(
                ProblemCode.FLOW_NOT_LOADED,
                "This server cannot read the flow " + flow + " in the session's version. Upgrade the server, or retry"
                        + " on another one.");
    }

    /** With the session as it is now. */
    private static Problem conflict(ProblemCode code, Conflict conflict, String detail) {
        return Problem.of(code, detail).showing(SessionResponse.of(conflict.onboarding()));
    }

    private static String names(List<Step> steps) {
        return steps.isEmpty() ? "none" : steps.stream().map(Step::id).collect(Collectors.joining(", "));
    }
}
