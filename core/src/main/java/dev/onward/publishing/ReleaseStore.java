package dev.onward.publishing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where releases are kept, and the sessions that they are about. Implementations are thread-safe, and throw what the
 * store of sessions throws where the database fails.
 */
public interface ReleaseStore {

    /** Those that are worked off; of each flow at most one. */
    List<Release> open();

    boolean isOpen(String id);

    /** The newest of a flow. */
    Optional<Release> newest(String flow);

    /** Ends a release, where it is open still. */
    void finish(String id, Instant at, long leftBehind);

    /** At most {@code limit} open sessions of a flow that are on another version than this, oldest first. */
    List<UnderWay> underWay(String flow, int version, int limit);

    /** The ones behind a place. */
    List<UnderWay> underWayAfter(UnderWay.Place place, String flow, int version, int limit);
}
