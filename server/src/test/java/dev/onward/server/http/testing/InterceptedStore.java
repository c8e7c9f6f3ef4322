package dev.onward.server.http.testing;

import dev.onward.kblock.KBlock;
import dev.onward.model.UserProfile;
import dev.onward.session.EventPosition;
import dev.onward.session.FlowFilter;
import dev.onward.session.IdempotencyRecord;
import dev.onward.session.RecordedEvent;
import dev.onward.session.SessionFilter;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.session.SessionStore;
import dev.onward.session.UnitOfWork;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A real store that calls the test first: the test may throw, wait, or prevent a write. */
public final class InterceptedStore implements SessionStore {
    /** Called before each call of the store. Returns whether a write may be made. */
    @FunctionalInterface
    public interface Interceptor {
        public boolean letsWrite();
    }

    private final SessionStore store;
    private final Interceptor interference;

    public InterceptedStore(SessionStore store, Interceptor interference) {
        this.store = store;
        this.interference = interference;
    }

    @Override
    public Optional<Session> find(String id) {
        interference.letsWrite();
        return store.find(id);
    }

    @Override
    public Optional<Session> findForUser(String userId, FlowFilter flow) {
        interference.letsWrite();
        return store.findForUser(userId, flow);
    }

    @Override
    public boolean anyCompleted() {
        interference.letsWrite();
        return store.anyCompleted();
    }

    @Override
    public List<Session> list(SessionFilter filter, int limit) {
        interference.letsWrite();
        return store.list(filter, limit);
    }

    @Override
    public List<Session> listAfter(ListPosition position, SessionFilter filter, int limit) {
        interference.letsWrite();
        return store.listAfter(position, filter, limit);
    }

    @Override
    public Optional<KBlock> kblock(String id) {
        interference.letsWrite();
        return store.kblock(id);
    }

    @Override
    public UserProfile profile(String userId) {
        interference.letsWrite();
        return store.profile(userId);
    }

    @Override
    public List<RecordedEvent> events(String sessionId, EventPosition after, int limit) {
        interference.letsWrite();
        return store.events(sessionId, after, limit);
    }

    @Override
    public Optional<IdempotencyRecord> idempotencyRecord(String id) {
        interference.letsWrite();
        return store.idempotencyRecord(id);
    }

    @Override
    public void recordActivity(String sessionId, Instant at, Instant unlessAfter) {
        interference.letsWrite();
        store.recordActivity(sessionId, at, unlessAfter);
    }

    @Override
    public void replaceClaimSecret(String sessionId, Optional<ClaimSecret> before, ClaimSecret after) {
        interference.letsWrite();
        store.replaceClaimSecret(sessionId, before, after);
    }

    @Override
    public CommitResult write(UnitOfWork writing) {
        return interference.letsWrite() ? store.write(writing) : CommitResult.CONFLICT;
    }

    @Override
    public Optional<List<CommitResult>> writeBatch(List<UnitOfWork> unitsOfWork) {
        return interference.letsWrite() ? store.writeBatch(unitsOfWork) : Optional.empty();
    }
}
