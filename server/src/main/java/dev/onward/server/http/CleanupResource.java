package dev.onward.server.http;

import dev.onward.retention.Cleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.OnboardingException.InvalidField;

/** Deleting abandoned sessions. */
final class CleanupResource {
    private static final String HOURS = "hours";

    private final Cleanup cleanup;

    CleanupResource(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    Answer run(Call call) {
        if (call.body().has(HOURS)) {
            throw new InvalidField(HOURS, "goes into the address, as in ?hours=48, so that nobody deletes by mistake");
        }
        RetentionHours hours =
                call.query().text(HOURS).map(RetentionHours::parse).orElse(RetentionHours.DEFAULT);
        return Answer.json(CleanedUpView.of(cleanup.run(hours)));
    }
}
