package dev.onward.publishing;

import dev.onward.session.LongRead;
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

    /** Says how many could not be moved so far, where the release is open still. */
    void leftBehind(String id, long sessions);

    /**
     * Whom a version concerns: the open sessions of a flow that are on another version.
     *
     * @param since those that were put aside since then, and reopened, are not among them
     */
    record OutdatedSessions(String flow, int version, Instant since) {
        private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

        /** All of them. */
        public static OutdatedSessions by(String flow, int version) {
            return new OutdatedSessions(flow, version, NEVER);
        }
    }

    /** At most {@code limit} of them, oldest first. */
    List<OpenSession> underWay(OutdatedSessions by, int limit);

    /** The ones behind a place. */
    List<OpenSession> underWayAfter(OpenSession.OpenSessionPosition place, OutdatedSessions by, int limit);

    /**
     * Some of those whom a version concerns, evenly spread from the oldest to the newest.
     *
     * @param sessions how many there are in all
     * @param chosen all of them where they are few
     */
    record Sample(long sessions, List<OpenSession> chosen) {}

    /**
     * Goes through all of them for it.
     *
     * @param most how many are chosen at most
     */
    Sample sample(OutdatedSessions by, int most, LongRead read);
}
