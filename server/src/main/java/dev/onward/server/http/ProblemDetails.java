package dev.onward.server.http;

import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.AlreadyAnswered;
import dev.onward.model.OnboardingException.AlreadyCompleted;
import dev.onward.model.OnboardingException.AlreadyDeclared;
import dev.onward.model.OnboardingException.AnswersTooLarge;
import dev.onward.model.OnboardingException.ClaimedByAnotherUser;
import dev.onward.model.OnboardingException.ConcurrentUpdate;
import dev.onward.model.OnboardingException.Dismissed;
import dev.onward.model.OnboardingException.FlowNotLoaded;
import dev.onward.model.OnboardingException.IdempotencyKeyReused;
import dev.onward.model.OnboardingException.InvalidAnswer;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.model.OnboardingException.KBlockNotFound;
import dev.onward.model.OnboardingException.NoDeclarationStep;
import dev.onward.model.OnboardingException.OutcomeUnknown;
import dev.onward.model.OnboardingException.ReadCancelled;
import dev.onward.model.OnboardingException.RequestInProgress;
import dev.onward.model.OnboardingException.RequestRepeated;
import dev.onward.model.OnboardingException.SessionNotFound;
import dev.onward.model.OnboardingException.StaleRevision;
import dev.onward.model.OnboardingException.StepNotFound;
import dev.onward.model.OnboardingException.StepNotReachable;
import dev.onward.model.OnboardingException.StepRequired;
import dev.onward.model.OnboardingException.StepsMissing;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.model.OnboardingException.StoreFailed;
import dev.onward.model.OnboardingException.StoreFull;
import dev.onward.model.OnboardingException.StoreUnavailable;
import dev.onward.model.OnboardingException.Superseded;
import dev.onward.model.OnboardingException.UserHasOpenSession;
import dev.onward.model.SessionView;
import dev.onward.model.StepView;
import java.util.List;

/** Says what went wrong and what to do next, in the words of the HTTP API. */
final class ProblemDetails {
    /** After a file of the database was moved, replaced or deleted. */
    private static final String RESTORE =
            "Ask the operator to stop the server, restore the database's files, and start it again.";

    private ProblemDetails() {}

    static String of(OnboardingException cause) {
        return switch (cause) {
            case InvalidField invalid -> invalid.field() + " " + invalid.problem() + ".";
            case SessionNotFound _ ->
                "There is no such session: it never existed, or cleanup has deleted it. Start a new one.";
            case StepNotFound missing ->
                "The flow of this session has no such step. Its steps are " + joined(missing.steps()) + ".";
            case InvalidAnswer _ ->
                "The answer does not meet the step's schema. Fix the fields listed in errors and resubmit.";
            case AnswersTooLarge _ ->
                "The answers of a session may take 64 KiB in all, and this one would exceed that. Send less.";
            case KBlockNotFound _ ->
                "There is no such K-Block, or it belongs to another session. Read it with its own session.";
            case AlreadyDeclared _ -> "This session already has another first declaration. Show that one.";
            case NoDeclarationStep _ ->
                "The flow of this session has no step that creates a K-Block. Continue with its next_step.";
            case ConcurrentUpdate _ ->
                "Other requests are changing this session at the same time. Read it again, then retry.";
            case StaleRevision stale ->
                "The session is at revision " + stale.session().revision()
                        + ", which If-Match does not name. Compare the session in this response with yours, then retry"
                        + " with its ETag.";
            case StepNotReachable unreachable ->
                "The step " + unreachable.step() + " cannot be done now: it depends on earlier answers, or a required"
                        + " step before it is not done. Steps that can be done now: "
                        + joined(reachable(unreachable.session())) + ".";
            case AlreadyAnswered answered ->
                "The step " + answered.step() + " already has another answer, and its flow does not allow changes."
                        + " Show that answer and continue with next_step.";
            case StepRequired required -> "The step " + required.step() + " is required. Answer it instead.";
            case StepsMissing missing ->
                "Required steps are not done: " + joined(missing.steps()) + ". Submit them, then complete.";
            case Dismissed _ -> "The person dismissed this session. Reopen it first.";
            case AlreadyCompleted _ ->
                "This session is completed, so it cannot be dismissed or reopened. Restart it to begin again.";
            case Superseded _ ->
                "Another session replaces this one. Continue with the session that superseded_by names.";
            case ClaimedByAnotherUser _ -> "This session belongs to another user. Start a new one for this user.";
            case UserHasOpenSession _ ->
                "The user already has an open session of this flow. Set policy to keep_target, keep_furthest or"
                        + " merge_answers to choose which one stays.";
            case RequestRepeated _ -> "This request has just been completed. Repeat it to read the same response.";
            case RequestInProgress _ -> "A request with this Idempotency-Key is still running. Retry in a moment.";
            case IdempotencyKeyReused _ ->
                "This Idempotency-Key was used before for a different request. Generate a new key for each request.";
            case FlowNotLoaded missing ->
                "The flow " + missing.flow() + " of this session is not loaded on this server. Load it, then retry.";
            case StoreUnavailable unavailable ->
                unavailable
                        .reason()
                        .map(reason -> reason + ". Nothing was changed. " + RESTORE)
                        .orElse("The database does not answer. Nothing was changed. Retry in a moment.");
            case StoreBusy _ -> "The database is locked or overloaded. Nothing was changed. Retry in a moment.";
            case OutcomeUnknown unknown ->
                unknown.reason()
                        .map(reason -> reason + ". The change may be lost. " + RESTORE)
                        .orElse("The database did not confirm the change, so it may have happened or not. Read the"
                                + " session before you retry.");
            case ReadCancelled cancelled ->
                "The read took longer than " + cancelled.limit().toSeconds()
                        + " s and was cancelled. Retry when the database has less to do.";
            case StoreFull _ ->
                "The database has no room left. Nothing was changed. Tell the operator, and retry later.";
            case StoreFailed _ ->
                "The database failed unexpectedly. Nothing was changed. The server's log has the cause.";
        };
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
}
