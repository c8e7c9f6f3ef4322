package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.kblock.KBlock;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.BusyReason;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.model.SessionView.SessionState;
import dev.onward.model.UserProfile;
import dev.onward.session.SessionPage.ListPosition;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Precondition;
import dev.onward.transition.Session;
import dev.onward.transition.SessionAction;
import dev.onward.transition.SessionChange;
import dev.onward.transition.TextRules;
import dev.onward.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The only writer of sessions. Thread-safe; blocks until the database has responded. <p>A method that changes a session
 * throws {@link ConflictException} if the session's state does not allow it, and {@link
 * ConflictException.StaleRevision} if the conditions name another revision. <p>A session's id gives access to it.
 * Callers of this class check who may name a user. Every method throws the exceptions of {@link SessionStore}.
 */
public final class SessionService {
    private final OnboardingReader reader;
    private final SessionChangeExecutor executor;
    private final SessionStore store;
    private final InstantSource clock;
    private final IdGenerator ids;
    private final Transitions transitions;
    private final ActivityRecorder activity;

    public SessionService(FlowCatalog flows, SessionStore store, InstantSource clock, IdGenerator ids) {
        this.reader = new OnboardingReader(store, flows);
        this.executor = new SessionChangeExecutor(reader, store, clock, ids);
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.transitions = new Transitions(ids);
        this.activity = new ActivityRecorder(store);
    }

    /**
     * Starts a session, or resumes the user's if requested.
     *
     * @throws OnboardingException.InvalidField if the flow is unknown, or a request to resume names no user
     */
    public StartResult start(StartRequest start, WriteConditions<StartResult> conditions) {
        if (start.resume()) {
            requireFlow(start.flow());
            String user = start.userId()
                    .orElseThrow(() -> new OnboardingException.InvalidField("userId", "is required to resume"));
            return resumed(start, user, conditions);
        }
        Flow flow = flow(start.flow());
        SessionChange change = transitions.start(flow, start.userId(), start.secret(), now());
        return executor.writeNew(change, new StartResult(new Onboarding(change.after(), flow), false), conditions);
    }

    /** Of two concurrent calls, one starts a session and the other resumes it. */
    private StartResult resumed(StartRequest start, String user, WriteConditions<StartResult> conditions) {
        String flowId = start.flow();
        RetryDeadline deadline = new RetryDeadline();
        do {
            Optional<Onboarding> current = findForUser(user, new FlowFilter.OneFlow(flowId));
            if (current.isPresent()) {
                StartResult resumed = new StartResult(current.get(), true);
                if (executor.storeResult(resumed, current.get().session(), conditions)) {
                    activity.returned(current.get().session(), now());
                    return resumed;
                }
            } else {
                Flow flow = flow(flowId);
                SessionChange change = transitions.start(flow, Optional.of(user), start.secret(), now());
                StartResult started = new StartResult(new Onboarding(change.after(), flow), false);
                List<Precondition> alone = List.of(new Precondition.NoResumableSession(user, flowId));
                Optional<IdempotencyRecord> idempotencyRecord = conditions.idempotencyRecord(
                        started, Optional.of(change.after().id()), ids.next(), now());
                if (executor.write(new UnitOfWork(List.of(change), alone, idempotencyRecord, Optional.empty()))) {
                    return started;
                }
            }
        } while (deadline.lasts());
        throw new StoreBusy(BusyReason.LOCKED);
    }

    /** Starts a session without conditions. */
    public StartResult start(StartRequest start) {
        return start(start, WriteConditions.none());
    }

    /**
     * A session without its flow.
     *
     * @throws OnboardingException.SessionNotFound if there is none
     */
    public Session find(String id) {
        return reader.find(id);
    }

    /** @throws OnboardingException.SessionNotFound if there is none */
    public Onboarding get(String id) {
        return reader.onboarding(find(id));
    }

    /**
     * Reads a session with a check of the caller.
     *
     * @param check throws if the caller may not use the session
     */
    public Onboarding get(String id, Consumer<Session> check) {
        return reader.get(id, check);
    }

    /**
     * Reads a session for a person who returns to it, and makes cleanup count from now.
     *
     * @param check throws if the caller may not use it; then nothing is recorded
     * @throws OnboardingException.SessionNotFound if there is none
     */
    public Onboarding visit(String id, Consumer<Session> check) {
        Onboarding current = get(id, check);
        activity.returned(current.session(), now());
        return current;
    }

    /** Reads a session for a returning person without a check. */
    public Onboarding visit(String id) {
        return visit(id, session -> {});
    }

    /** The user's newest open session, otherwise their newest completed one, otherwise their newest dismissed one. */
    public Optional<Onboarding> findForUser(String userId, FlowFilter flow) {
        return store.findForUser(userId, flow).map(reader::onboarding);
    }

    public boolean anyCompleted() {
        return store.anyCompleted();
    }

    /** The first page of the list; {@code limit} is at least 1. */
    public SessionPage list(SessionFilter filter, int limit) {
        return page(store.list(filter, limit + 1), limit);
    }

    /** The page after a position. */
    public SessionPage listAfter(ListPosition position, SessionFilter filter, int limit) {
        return page(store.listAfter(position, filter, limit + 1), limit);
    }

    private static SessionPage page(List<Session> found, int limit) {
        if (found.size() <= limit) {
            return new SessionPage(found, Optional.empty());
        }
        List<Session> shown = found.subList(0, limit);
        return new SessionPage(shown, Optional.of(ListPosition.of(shown.getLast())));
    }

    /** At most {@code limit} events of a session after a position, oldest first; {@code limit} is at least 1. */
    public EventPage events(String sessionId, EventPosition after, int limit) {
        return EventPage.of(store.events(find(sessionId).id(), after, limit + 1), limit);
    }

    /**
     * Submits a session's first declaration. The same one again returns the same K-Block.
     *
     * @throws ConflictException.AlreadyDeclared if the session has another declaration
     */
    public DeclarationResult declare(
            String sessionId, Declaration declaration, WriteConditions<DeclarationResult> conditions) {
        return executor.change(
                sessionId,
                current -> new SessionAction.Declare(declaration),
                conditions,
                (current, action, after) -> DeclarationResult.of(after));
    }

    /** Submits a declaration without conditions. */
    public DeclarationResult declare(String sessionId, Declaration declaration) {
        return declare(sessionId, declaration, WriteConditions.none());
    }

    /**
     * Submits a declaration in a new anonymous session of a flow, in one transaction.
     *
     * @throws OnboardingException.InvalidField naming {@code sessionId} if the flow has other steps first
     */
    public DeclarationResult declare(
            Flow flow, Declaration declaration, WriteConditions<DeclarationResult> conditions) {
        return executor.changeNew(flow, new SessionAction.Declare(declaration), conditions, DeclarationResult::of);
    }

    /**
     * Submits an answer to a step. The same one again changes nothing.
     *
     * @param answer a plain value, as {@link dev.onward.json.Json} reads one; an empty map for a step without input
     * @throws OnboardingException.InvalidAnswer if it violates the step's schema
     */
    public Onboarding submit(String sessionId, String step, Object answer, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Submit(step, answer), conditions);
    }

    /** Skips an optional step. */
    public Onboarding skip(String sessionId, String step, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Skip(step), conditions);
    }

    /** Dismisses a session. */
    public Onboarding dismiss(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Dismiss(), conditions);
    }

    /** Reopens a dismissed session. */
    public Onboarding reopen(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Reopen(), conditions);
    }

    /** Starts over in the flow's current version; returns the new session. */
    public Onboarding restart(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(
                sessionId,
                current ->
                        new SessionAction.RestartSession(flow(current.session().flow())),
                conditions,
                (current, unused, after) -> after);
    }

    /**
     * Assigns an anonymous session to a user.
     *
     * @param secret what mode public requires besides the id from then on
     * @throws OnboardingException.InvalidField naming {@code userId}
     */
    public ClaimResult claim(
            String sessionId,
            String userId,
            ClaimPolicy policy,
            Optional<ClaimSecret> secret,
            WriteConditions<ClaimResult> conditions) {
        String user = TextRules.requireId("userId", userId);
        return executor.change(
                sessionId,
                current -> new SessionAction.Claim(user, openOrCompleted(user, current.session()), policy, secret),
                conditions,
                ClaimResult::of);
    }

    /** Assigns a session to a user; the id stays enough to access it. */
    public ClaimResult claim(
            String sessionId, String userId, ClaimPolicy policy, WriteConditions<ClaimResult> conditions) {
        return claim(sessionId, userId, policy, Optional.empty(), conditions);
    }

    /**
     * Replaces a session's claim secret. Neither its revision nor {@code updated_at} changes.
     *
     * @return the session afterwards, with this secret or with that of a concurrent caller
     */
    public Session renewClaimSecret(Session session, ClaimSecret secret) {
        store.replaceClaimSecret(session.id(), session.claimSecret(), secret);
        return find(session.id());
    }

    /** Completes a session. A repeated call changes nothing. */
    public Onboarding complete(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Complete(), conditions);
    }

    /** Completes a session without conditions. */
    public Onboarding complete(String sessionId) {
        return complete(sessionId, WriteConditions.none());
    }

    /** Submits a declaration in a new session without conditions. */
    public DeclarationResult declare(Flow flow, Declaration declaration) {
        return declare(flow, declaration, WriteConditions.none());
    }

    /**
     * Creates an anonymous completed session of a flow, in one transaction.
     *
     * @throws OnboardingException.InvalidField naming {@code sessionId} if the flow has required steps
     */
    public Onboarding complete(Flow flow, WriteConditions<Onboarding> conditions) {
        return executor.changeNew(flow, new SessionAction.Complete(), conditions, after -> after);
    }

    /** Creates a completed session without conditions. */
    public Onboarding complete(Flow flow) {
        return complete(flow, WriteConditions.none());
    }

    /** The stored result of an earlier request. */
    public Optional<IdempotencyRecord> idempotencyRecord(String id) {
        return store.idempotencyRecord(id);
    }

    /** Stores the result of a request without a session, and returns it. */
    public <R> R storeResult(R answer, WriteConditions<R> conditions) {
        executor.storeResult(conditions.idempotencyRecord(answer, Optional.empty(), ids.next(), now()));
        return answer;
    }

    /** @throws OnboardingException.KBlockNotFound if there is none */
    public KBlock kblock(String id) {
        return store.kblock(id).orElseThrow(OnboardingException.KBlockNotFound::new);
    }

    public UserProfile profile(String userId) {
        return store.profile(userId);
    }

    /**
     * The current version of a flow, which is only needed to start a session.
     *
     * @throws OnboardingException.InvalidField naming {@code flow} if it is unknown
     */
    public Flow flow(String id) {
        return reader.currentFlow(id);
    }

    /**
     * Checks the id of a flow, whether or not this version of Onward can read it.
     *
     * @throws OnboardingException.InvalidField naming {@code flow} if it is unknown
     */
    public String requireFlow(String id) {
        return reader.requireFlow(id);
    }

    private Optional<Onboarding> openOrCompleted(String userId, Session session) {
        return store.findForUser(userId, new FlowFilter.OneFlow(session.flow()))
                .filter(other -> other.state() != SessionState.DISMISSED)
                .filter(other -> !other.id().equals(session.id()))
                .map(reader::onboarding);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
