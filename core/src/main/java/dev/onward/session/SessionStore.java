package dev.onward.session;

import dev.onward.kblock.KBlock;
import dev.onward.model.OnboardingException;
import dev.onward.model.UserProfile;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where sessions are kept, and what belongs to them.
 *
 * <p>Every call reads or writes the database; nothing is cached. Implementations are thread-safe. Each method throws
 * {@link OnboardingException.StoreUnavailable} where the database does not answer within a few seconds, and
 * {@link OnboardingException.StoreFailed} where it breaks otherwise.
 */
public interface SessionStore {

    Optional<Session> find(String id);

    /**
     * A user's newest open session, else their newest completed one, else their newest dismissed one. A completed session
     * that is superseded comes after those that are not.
     */
    Optional<Session> findForUser(String userId, FlowFilter flow);

    /** Whether any session of the installation is completed. */
    boolean anyCompleted();

    /** At most {@code limit} sessions, newest first, from the beginning. */
    List<Session> list(SessionFilter filter, int limit);

    /** At most {@code limit} sessions, newest first, from behind a position. */
    List<Session> listAfter(ListPosition position, SessionFilter filter, int limit);

    Optional<KBlock> kblock(String id);

    UserProfile profile(String userId);

    /** At most {@code limit} events of a session from behind a place, oldest first. */
    List<RecordedEvent> events(String sessionId, EventPosition after, int limit);

    /** What was answered to a request, for 24 hours at least or until its session is deleted. */
    Optional<IdempotencyRecord> idempotencyRecord(String id);

    /**
     * Notes when the person of a session was last there, and nothing else: neither its revision nor its time of change
     * moves. Leaves it alone where a later time than {@code unlessAfter} is noted already.
     *
     * <p>Tries once, waits for nobody and throws nothing: whoever reads a session is answered all the same. Where it is
     * not noted, their next return notes it.
     */
    void noteActivity(String sessionId, Instant at, Instant unlessAfter);

    /**
     * Replaces a session's claim secret if it is still this one, and nothing else: neither its revision nor its time of
     * change moves.
     */
    void replaceClaimSecret(String sessionId, Optional<ClaimSecret> before, ClaimSecret after);

    /**
     * Writes in one transaction.
     *
     * <p>Where an exception other than {@link OnboardingException.OutcomeUnknown} leaves it, nothing of it is in the
     * database.
     *
     * @throws OnboardingException.OutcomeUnknown where the answer to the commit was lost and the database could not be
     *     asked again within a few seconds
     * @throws OnboardingException.StoreFull where the database has no room
     * @throws OnboardingException.RequestInProgress where the same request is under way elsewhere for too long
     */
    CommitResult write(UnitOfWork writing);

    /**
     * Writes changes by which a release brings sessions to a version, in one transaction. Tries once, and waits for
     * nobody.
     *
     * @param unitsOfWork of different sessions, all of the same release
     * @return what became of each, in their order; empty where the attempt failed or nobody knows what became of it, and
     *     each has to be brought by itself
     */
    Optional<List<CommitResult>> writeBatch(List<UnitOfWork> unitsOfWork);
}
