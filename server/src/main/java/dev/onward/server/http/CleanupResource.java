package dev.onward.server.http;

import dev.onward.model.CleanupReport;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionService;
import dev.onward.session.WriteConditions;

/** Deleting abandoned sessions. */
final class CleanupResource {
    private static final String HOURS = "hours";

    private final AbandonedSessionCleanup cleanup;
    private final SessionService sessions;
    private final IdempotentRequests retries;

    CleanupResource(AbandonedSessionCleanup cleanup, SessionService sessions, IdempotentRequests retries) {
        this.cleanup = cleanup;
        this.sessions = sessions;
        this.retries = retries;
    }

    Response run(Request call) {
        IfMatch.refuse(call);
        if (call.body().has(HOURS)) {
            throw new InvalidField(
                    HOURS, "must be a query parameter, such as ?hours=48, a whole number from 1 to 87600");
        }
        RetentionHours hours =
                call.query().text(HOURS).map(RetentionHours::parse).orElse(RetentionHours.DEFAULT);
        return retries.once(
                call,
                "",
                (WriteConditions<CleanupReport> conditions) -> sessions.kept(cleanup.run(hours), conditions),
                report -> Response.json(CleanupResponse.of(report)));
    }
}
