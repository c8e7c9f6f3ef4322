package dev.onward.web.resource;

import dev.onward.model.CleanupReport;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;
import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.IfMatch;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.CleanupResponse;
import dev.onward.web.session.IdempotentRequests;

/** Deleting abandoned sessions. */
public final class CleanupResource {
    private static final String HOURS = "hours";

    private final AbandonedSessionCleanup cleanup;
    private final SessionService sessions;
    private final IdempotentRequests idempotent;

    public CleanupResource(AbandonedSessionCleanup cleanup, SessionService sessions, IdempotentRequests idempotent) {
        this.cleanup = cleanup;
        this.sessions = sessions;
        this.idempotent = idempotent;
    }

    public Response run(RoutedRequest request) {
        IfMatch.reject(request);
        if (request.body().has(HOURS)) {
            throw ApiException.invalidField(
                    HOURS, "must be a query parameter, as in ?hours=48: a whole number from 1 to 87600");
        }
        RetentionHours hours =
                request.query().text(HOURS).map(RetentionHours::parse).orElse(RetentionHours.DEFAULT);
        return idempotent.once(
                request,
                "",
                (WriteConditions<CleanupReport> conditions) -> sessions.storeResult(cleanup.run(hours), conditions),
                report -> Response.json(CleanupResponse.of(report)));
    }
}
