package dev.onward.server.http;

import dev.onward.flow.FlowUnusableException;
import dev.onward.model.FlowFormatException;
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
import dev.onward.server.ops.ExceptionSummary;
import dev.onward.server.ops.Outage;
import io.helidon.http.HttpException;
import io.helidon.http.NotFoundException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Turns whatever a handler throws into a problem document. What is internal goes to the log and nowhere else. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void answerAll(HttpRouting.Builder routing, Outage outage) {
        routing.error(OnboardingException.class, (request, response, e) -> {
            Problem problem = of(e);
            log(request, problem, e, outage.causes(e) ? Level.DEBUG : Level.WARN);
            send(request, response, problem);
        });
        routing.error(ApiException.class, Problems::answer);
        routing.error(FlowFormatException.class, (request, response, e) -> send(request, response, of(e)));
        routing.error(FlowUnusableException.class, (request, response, e) -> {
            LOG.atError()
                    .addKeyValue(AccessLog.REQUEST_ID, Exchange.of(request).id())
                    .log(e.getMessage());
            send(request, response, of(new OnboardingException.FlowNotLoaded(e.flow())));
        });
        routing.error(NotFoundException.class, (request, response, e) -> send(request, response, of(nothingHere())));
        routing.error(HttpException.class, (request, response, e) -> {
            Problem problem = ofStatus(e.status().code());
            log(request, problem, e, Level.WARN);
            send(request, response, problem);
        });
        routing.error(Throwable.class, (request, response, e) -> {
            Problem problem = internal();
            log(request, problem, e, Level.WARN);
            send(request, response, problem);
        });
    }

    static void answer(ServerRequest request, ServerResponse response, ApiException apiException) {
        send(request, response, of(apiException));
    }

    static ApiException nothingHere() {
        return new ApiException(
                ProblemCode.NOT_FOUND, "There is nothing at this address. See /openapi.yaml for all addresses.");
    }

    /** What belongs to a status that was decided before any handler was asked. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> of(nothingHere());
            case 413 -> Problem.of(ProblemCode.TOO_LARGE, RequestBody.TOO_LARGE);
            case 414 -> Problem.of(ProblemCode.URI_TOO_LONG, "The address is too long. Shorten it.");
            case 501, 505 ->
                Problem.of(
                                ProblemCode.BAD_REQUEST,
                                "This server requires HTTP/1.1, and accepts bodies with Content-Length or in chunks.")
                        .withStatus(status);
            case 503 -> Problem.of(ProblemCode.BUSY, "The server is overloaded. Retry in a moment.");
            default ->
                status >= 500
                        ? internal().withStatus(status)
                        : Problem.of(ProblemCode.BAD_REQUEST, "The request is malformed. Fix it and send it again.")
                                .withStatus(status);
        };
    }

    private static Problem internal() {
        return Problem.of(
                ProblemCode.INTERNAL,
                "An internal error occurred. Give the operator the request_id: the log has the" + " cause.");
    }

    private static Problem of(ApiException apiException) {
        Problem problem = Problem.of(apiException.code(), apiException.detail());
        return apiException.code() == ProblemCode.SESSION_REQUIRED
                ? problem.about(SessionReferenceReader.FIELD)
                : problem;
    }

    private static Problem of(FlowFormatException e) {
        return Problem.of(
                        ProblemCode.INVALID_FLOW,
                        "The definition is invalid, and nothing was changed. Fix what errors lists, then"
                                + " publish it again.")
                .with("errors", e.errors().stream().map(FlowErrorResponse::of).toList());
    }

    private static Problem of(OnboardingException e) {
        String detail = ProblemDetails.of(e);
        return switch (e) {
            case InvalidField invalid ->
                Problem.of(ProblemCode.INVALID_FIELD, detail).about(invalid.field());
            case SessionNotFound _ -> Problem.of(ProblemCode.SESSION_NOT_FOUND, detail);
            case KBlockNotFound _ -> Problem.of(ProblemCode.KBLOCK_NOT_FOUND, detail);
            case AlreadyDeclared conflict -> conflict(ProblemCode.ALREADY_DECLARED, conflict);
            case NoDeclarationStep conflict -> conflict(ProblemCode.NOTHING_TO_DECLARE, conflict);
            case ConcurrentUpdate conflict -> conflict(ProblemCode.CHANGED_MEANWHILE, conflict);
            case StepNotFound _ -> Problem.of(ProblemCode.STEP_NOT_FOUND, detail);
            case InvalidAnswer invalid ->
                Problem.of(ProblemCode.INVALID_ANSWER, detail)
                        .with(
                                "errors",
                                invalid.violations().stream()
                                        .map(AnswerErrorResponse::of)
                                        .toList());
            case AnswersTooLarge _ -> Problem.of(ProblemCode.ANSWERS_TOO_LARGE, detail);
            case StaleRevision conflict -> conflict(ProblemCode.STALE_REVISION, conflict);
            case StepNotReachable conflict -> conflict(ProblemCode.STEP_NOT_REACHABLE, conflict);
            case AlreadyAnswered conflict -> conflict(ProblemCode.ALREADY_ANSWERED, conflict);
            case StepRequired conflict -> conflict(ProblemCode.STEP_REQUIRED, conflict);
            case StepsMissing conflict ->
                conflict(ProblemCode.STEPS_MISSING, conflict).with("missing", conflict.steps());
            case Dismissed conflict -> conflict(ProblemCode.DISMISSED, conflict);
            case AlreadyCompleted conflict -> conflict(ProblemCode.ALREADY_COMPLETED, conflict);
            case Superseded conflict -> conflict(ProblemCode.SUPERSEDED, conflict);
            case ClaimedByAnotherUser conflict -> conflict(ProblemCode.CLAIMED_BY_ANOTHER, conflict);
            case UserHasOpenSession conflict -> conflict(ProblemCode.USER_HAS_OPEN_SESSION, conflict);
            case RequestRepeated _, RequestInProgress _ -> Problem.of(ProblemCode.REQUEST_RUNNING, detail);
            case IdempotencyKeyReused _ -> Problem.of(ProblemCode.IDEMPOTENCY_KEY_REUSED, detail);
            case FlowNotLoaded _ -> Problem.of(ProblemCode.FLOW_NOT_LOADED, detail);
            case StoreUnavailable _ -> Problem.of(ProblemCode.DATABASE_UNAVAILABLE, detail);
            case OutcomeUnknown _ -> Problem.of(ProblemCode.OUTCOME_UNKNOWN, detail);
            case ReadCancelled _ -> Problem.of(ProblemCode.READ_CANCELLED, detail);
            case StoreFull _ -> Problem.of(ProblemCode.DATABASE_FULL, detail);
            case StoreBusy _ -> Problem.of(ProblemCode.BUSY, detail);
            case StoreFailed _ -> Problem.of(ProblemCode.INTERNAL, detail);
        };
    }

    private static Problem conflict(ProblemCode code, OnboardingException.Conflict conflict) {
        return Problem.of(code, ProblemDetails.of(conflict)).showing(SessionResponse.of(conflict.session()));
    }

    /**
     * With the stack if nobody foresaw it, in one line if the database failed a request.
     *
     * @param level of that line: low during an outage, which every request meets
     */
    private static void log(ServerRequest request, Problem problem, Throwable fault, Level level) {
        String id = Exchange.of(request).id();
        if (problem.code() == ProblemCode.INTERNAL) {
            LOG.atError()
                    .setCause(new ExceptionSummary(fault))
                    .addKeyValue(AccessLog.REQUEST_ID, id)
                    .log("Request failed");
        } else if (fault instanceof OnboardingException && fault.getCause() != null) {
            LOG.atLevel(level)
                    .addKeyValue("code", problem.code().code())
                    .addKeyValue("cause", new ExceptionSummary(fault.getCause()))
                    .addKeyValue(AccessLog.REQUEST_ID, id)
                    .log("Request failed because of the database");
        }
    }

    private static void send(ServerRequest request, ServerResponse response, Problem problem) {
        Response.of(problem, Exchange.of(request).id()).send(request, response);
    }
}
