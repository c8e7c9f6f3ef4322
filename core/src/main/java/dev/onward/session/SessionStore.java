package dev.onward.session;

import dev.onward.kblock.KBlock;
import dev.onward.model.OnboardingException;
import dev.onward.model.UserProfile;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores sessions and the data that belongs to them. <p>Every call reads or writes the database; nothing is cached.
 * Implementations are thread-safe. Each method throws {@link OnboardingException.StoreUnavailable} if the database does
 * not respond within a few seconds, and {@link OnboardingException.StoreFailed} if it fails otherwise.
 */
public interface SessionStore {

    Optional<Session> find(String id);

    /**
     * A user's newest open session, otherwise their newest completed one, otherwise their newest dismissed one.
     * Superseded completed sessions come last.
     */
    Optional<Session> findForUser(String userId, FlowFilter flow);

    /** Whether any session of the installation is completed. */
    boolean anyCompleted();

    /** At most {@code limit} sessions, newest first, from the beginning. */
    List<Session> list(SessionFilter filter, int limit);

    /** At most {@code limit} sessions after a position, newest first. */
    List<Session> listAfter(ListPosition position, SessionFilter filter, int limit);

    Optional<KBlock> kblock(String id);

    UserProfile profile(String userId);

    /** At most {@code limit} events of a session after a position, oldest first. */
    List<RecordedEvent> events(String sessionId, EventPosition after, int limit);

    /** The stored result of a request. It is kept for at least 24 hours or until its session is deleted. */
    Optional<IdempotencyRecord> idempotencyRecord(String id);

    /**
     * Records the person's last activity. Neither the revision nor {@code updated_at} changes. Does nothing if a time
     * later than {@code unlessAfter} is recorded. <p>Makes one attempt, does not wait for locks and throws nothing, so
     * that reading a session never fails because of it. If it fails, the next visit records it.
     */
    void recordActivity(String sessionId, Instant at, Instant unlessAfter);

    /**
     * Replaces a session's claim secret if it is still this one. Neither the revision nor {@code updated_at} changes.
     */
    void replaceClaimSecret(String sessionId, Optional<ClaimSecret> before, ClaimSecret after);

    /**
     * Writes everything in one transaction. <p>If it throws an exception other than {@link
     * OnboardingException.OutcomeUnknown}, nothing is written.
     *
     * @throws OnboardingException.OutcomeUnknown if the response to the commit was lost and the database could not be
     * queried within a few seconds
     * @throws OnboardingException.StoreFull if the database is full
     * @throws OnboardingException.RequestInProgress if the same request runs elsewhere for too long
     */
    CommitResult write(UnitOfWork writing);

    /**
     * Writes the moves of a release in one transaction. Makes one attempt and does not wait for locks.
     *
     * @param unitsOfWork of different sessions, all of the same release
     * @return the result of each, in order; empty if the attempt failed or its outcome is unknown, so that each must be
     * moved alone
     */
    Optional<List<CommitResult>> writeBatch(List<UnitOfWork> unitsOfWork);
}
