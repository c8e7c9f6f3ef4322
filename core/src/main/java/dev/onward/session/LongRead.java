package dev.onward.session;

import dev.onward.model.OnboardingException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When to cancel a read of many rows in the database. The reader then gets {@link OnboardingException.ReadCancelled}.
 *
 * @param limit how long the read may take
 * @param callerGone whether the caller no longer waits for the result; checked several times a second on another thread
 */
public record LongRead(Duration limit, BooleanSupplier callerGone) {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);
    private static final Duration WORKING = Duration.ofMinutes(10);

    /** For a server, whose database others use too. */
    public static LongRead forServing(BooleanSupplier callerGone) {
        return new LongRead(DEFAULT_LIMIT, callerGone);
    }

    /** For a command, whose caller can end the process. */
    public static LongRead forWork() {
        return new LongRead(WORKING, () -> false);
    }
}
