package dev.onward.web.problem;

import dev.onward.flow.FlowUnusableException;
import dev.onward.logging.ExceptionSummary;
import dev.onward.model.OnboardingException;
import dev.onward.web.http.Request;
import dev.onward.web.http.RequestAbortedException;
import dev.onward.web.http.Response;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Turns every exception into a problem document. Internal details are logged and never sent. */
public final class ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ExceptionHandler.class);

    private final Predicate<Throwable> outage;

    /** @param outage whether an exception belongs to a known outage of the database, which is logged once elsewhere */
    public ExceptionHandler(Predicate<Throwable> outage) {
        this.outage = outage;
    }

    /**
     * Returns the supplier's response, or the problem document for its exception.
     *
     * @throws RequestAbortedException if no response can be sent
     */
    public Response answer(Request request, Supplier<Response> supplier) {
        try {
            return supplier.get();
        } catch (RequestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            Problem problem = problem(request, e);
            log(request, problem, e);
            return problem.response(request.id());
        }
    }

    private static Problem problem(Request request, Throwable exception) {
        return switch (exception) {
            case ApiException e -> e.problem();
            case OnboardingException e -> OnboardingProblems.of(e);
            case FlowUnusableException e -> {
                LOG.atError().addKeyValue("request_id", request.id()).log(e.getMessage());
                yield OnboardingProblems.flowNotLoaded(e.flow());
            }
            default -> StatusProblems.internal();
        };
    }

    /** Logs an unexpected exception with its stack trace, and a failure of the database in one line. */
    private void log(Request request, Problem problem, Throwable exception) {
        Level level = outage.test(exception) ? Level.DEBUG : Level.WARN;
        if (problem.code() == ProblemCode.INTERNAL) {
            LOG.atError()
                    .setCause(new ExceptionSummary(exception))
                    .addKeyValue("request_id", request.id())
                    .log("Request failed");
        } else if (exception instanceof OnboardingException && exception.getCause() != null) {
            LOG.atLevel(level)
                    .addKeyValue("code", problem.code().code())
                    .addKeyValue("cause", new ExceptionSummary(exception.getCause()))
                    .addKeyValue("request_id", request.id())
                    .log("Request failed because of the database");
        }
    }
}
