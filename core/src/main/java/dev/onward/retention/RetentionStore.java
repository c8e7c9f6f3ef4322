package dev.onward.retention;

import java.time.Instant;
import java.util.List;

/**
 * Where abandoned sessions are found and deleted. A session is abandoned when it is not completed, not dismissed, and
 * both its creation and its person's last activity are more than the given hours ago, and more than its flow's own
 * retention. One that only other software touched has no such activity. Throws what
 * {@link dev.onward.session.SessionStore} throws.
 */
public interface RetentionStore {

    /** The database's clock, which is the one that decides. */
    Instant now();

    /** At most {@code most} sessions that are abandoned at that time, oldest first, from behind another one's place. */
    List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int most);

    /**
     * Deletes those of the sessions that are abandoned when it comes to it, with what they made, in one transaction.
     * Each leaves its events and a last one, {@code deleted}.
     *
     * @return how many were deleted
     */
    int delete(List<String> ids, Instant asOf, RetentionHours hours);

    /**
     * Deletes at most {@code most} idempotency records that were written before a time, the oldest first.
     *
     * @return how many were deleted
     */
    int deleteIdempotencyRecords(Instant before, int most);
}
