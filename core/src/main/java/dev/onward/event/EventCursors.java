package dev.onward.event;

import java.time.Duration;
import java.util.Optional;

/**
 * How far each named reader has come, and which node reads for it. Thread-safe. All times are the database's.
 *
 * <p>A node claims a cursor for a while (a lease), which it extends while it works. No transaction stays open in between.
 * Whoever has lost the lease to another node moves nothing any more.
 */
public interface EventCursors {

    /** Creates a cursor; leaves one that exists as it is. */
    void register(String name, EventCursor from);

    /**
     * The cursor, if this owner may claim it now. Only reads.
     *
     * @throws IllegalStateException if there is no such cursor
     */
    Optional<EventCursor> available(String name, String owner);

    /** Makes this owner the only one that delivers, for the length of the lease; empty if another node was faster. */
    Optional<CursorClaim> claim(String name, String owner, Duration lease);

    /** Extends the owner's lease, and changes nothing else. */
    void extend(String name, String owner, Duration lease);

    /**
     * Moves the cursor and keeps the lease.
     *
     * @return false if another node has the lease by now; nothing was moved
     */
    boolean advance(String name, String owner, CursorClaim to, Duration lease);

    /**
     * Moves the cursor and ends the lease.
     *
     * @param pause for so long no node may claim the cursor
     * @return false if another node has the lease by now; nothing was moved
     */
    boolean release(String name, String owner, CursorClaim to, Duration pause);
}
