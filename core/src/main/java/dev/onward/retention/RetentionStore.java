package dev.onward.retention;

import java.time.Instant;
import java.util.List;

/**
 * Finds and deletes abandoned sessions. A session is abandoned if it is neither completed nor dismissed, and both its
 * creation and the person's last activity are longer ago than the given hours and than its flow's own retention. A
 * session that only other software wrote has no such activity. Throws the exceptions of {@link
 * dev.onward.session.SessionStore}.
 */
public interface RetentionStore {

    /** The database's clock, which decides. */
    Instant now();

    /** At most {@code most} sessions that are abandoned at that time, oldest first, after a position. */
    List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int limit);

    /**
     * Deletes those of the sessions that are still abandoned, with their data, in one transaction. Their events stay,
     * with a last one, {@code deleted}.
     *
     * @return the number of deleted sessions
     */
    int delete(List<String> ids, Instant asOf, RetentionHours hours);

    /**
     * Deletes at most {@code most} idempotency records that were written before a time, oldest first.
     *
     * @return the number of deleted records
     */
    int deleteIdempotencyRecords(Instant before, int limit);
}
