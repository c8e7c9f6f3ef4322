package dev.onward.server.http;

import dev.onward.retention.Cleanup;
import dev.onward.retention.CleanupReport;
import dev.onward.retention.RetentionHours;
import dev.onward.session.OnboardingException.InvalidField;
import dev.onward.session.Sessions;
import dev.onward.session.Terms;

/** Deleting abandoned sessions. */
final class CleanupResource {
    private static final String HOURS = "hours";

    private final Cleanup cleanup;
    private final Sessions sessions;
    private final Retries retries;

    CleanupResource(Cleanup cleanup, Sessions sessions, Retries retries) {
        this.cleanup = cleanup;
        this.sessions = sessions;
        this.retries = retries;
    }

    Answer run(Call call) {
        IfMatch.refuse(call);
        if (call.body().has(HOURS)) {
            throw new InvalidField(
                    HOURS,
                    "goes into the address, as in ?hours=48, a whole number from 1 to 87600: nobody deletes by mistake");
        }
        RetentionHours hours =
                call.query().text(HOURS).map(RetentionHours::parse).orElse(RetentionHours.DEFAULT);
        return retries.once(
                call,
                "",
                (Terms<CleanupReport> terms) -> sessions.kept(cleanup.run(hours), terms),
                report -> Answer.json(CleanedUpView.of(report)));
    }
}
