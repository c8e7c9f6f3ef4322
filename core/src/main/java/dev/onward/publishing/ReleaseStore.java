package dev.onward.publishing;

import dev.onward.session.LongRead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores releases, and finds their sessions. Implementations are thread-safe, and throw the exceptions of the session
 * store.
 */
public interface ReleaseStore {

    /** The open releases, at most one for each flow. */
    List<Release> open();

    boolean isOpen(String id);

    /** The newest release of a flow. */
    Optional<Release> newest(String flow);

    /** Ends a release if it is still open. */
    void finish(String id, Instant at, long leftBehind);

    /** Records how many sessions could not be moved so far, if the release is still open. */
    void leftBehind(String id, long sessions);

    /**
     * The open sessions of a flow that are on another version.
     *
     * @param since excludes sessions that were dismissed after this time and reopened
     */
    record OutdatedSessions(String flow, int version, Instant since) {
        private static final Instant UNRELEASED = Instant.parse("9999-12-31T00:00:00Z");

        /** All open sessions on another version. */
        public static OutdatedSessions by(String flow, int version) {
            return new OutdatedSessions(flow, version, UNRELEASED);
        }
    }

    /** At most {@code limit} of the sessions, oldest first. */
    List<OpenSession> openSessions(OutdatedSessions by, int limit);

    /** The sessions after a position. */
    List<OpenSession> openSessionsAfter(OpenSession.OpenSessionPosition position, OutdatedSessions by, int limit);

    /**
     * A sample of the sessions, evenly spread from oldest to newest.
     *
     * @param sessions the total number
     * @param chosen the sample; all sessions if there are few
     */
    record Sample(long sessions, List<OpenSession> chosen) {}

    /**
     * Reads all sessions to choose a sample.
     *
     * @param limit the maximum size of the sample
     */
    Sample sample(OutdatedSessions by, int limit, LongRead read);
}
