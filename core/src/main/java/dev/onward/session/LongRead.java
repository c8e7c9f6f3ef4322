package dev.onward.session;

import dev.onward.model.OnboardingException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When to cancel a read of many rows in the database. Whoever reads gets
 * {@link OnboardingException.ReadCancelled} then.
 *
 * @param limit how long the read may take
 * @param callerGone whether nobody waits for the answer any more; asked several times a second on another thread
 */
public record LongRead(Duration limit, BooleanSupplier callerGone) {
    private static final Duration SERVING = Duration.ofSeconds(60);
    private static final Duration WORKING = Duration.ofMinutes(10);

    /** For a server, where others use the database too. */
    public static LongRead forServing(BooleanSupplier callerGone) {
        return new LongRead(SERVING, callerGone);
    }

    /** For a command, whose caller ends it by ending the process. */
    public static LongRead forWork() {
        return new LongRead(WORKING, () -> false);
    }
}
