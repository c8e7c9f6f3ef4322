package dev.onward.event;

import java.time.Duration;
import java.util.Optional;

/**
 * The stored cursors of event readers, by name, and the node that reads for each. Thread-safe. All times are the
 * database's.
 *
 * <p>A node claims a cursor for a limited time (a lease) and extends the lease while it works. No transaction stays
 * open between these calls. A node whose lease another node has taken over can no longer move the cursor.
 */
public interface EventCursors {

    /** Creates a cursor. Does not change an existing one. */
    void register(String name, EventCursor from);

    /**
     * The cursor, if this owner may claim it now. Only reads.
     *
     * @throws IllegalStateException if there is no such cursor
     */
    Optional<EventCursor> available(String name, String owner);

    /** Makes this owner the only one that delivers until the lease ends; empty if another node was faster. */
    Optional<CursorClaim> claim(String name, String owner, Duration lease);

    /** Extends the owner's lease, and changes nothing else. */
    void extend(String name, String owner, Duration lease);

    /**
     * Moves the cursor and keeps the lease.
     *
     * @return false if another node holds the lease now; then nothing was moved
     */
    boolean advance(String name, String owner, CursorClaim to, Duration lease);

    /**
     * Moves the cursor and ends the lease.
     *
     * @param pause how long no node may claim the cursor
     * @return false if another node holds the lease now; then nothing was moved
     */
    boolean release(String name, String owner, CursorClaim to, Duration pause);
}
