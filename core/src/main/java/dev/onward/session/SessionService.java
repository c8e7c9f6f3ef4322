package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.kblock.KBlock;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.model.OnboardingException.StoreBusy.BusyReason;
import dev.onward.model.SessionState;
import dev.onward.model.UserProfile;
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
 * The only writer of sessions. Thread-safe; blocks until the database has answered.
 *
 * <p>Whatever changes a session throws an {@link OnboardingException.Conflict} where that is not possible as the
 * session stands, and {@link OnboardingException.StaleRevision} where its terms name another revision.
 *
 * <p>Whoever holds a session's id may use it; whether a caller may name a user is decided before this class is asked.
 * Every method throws what {@link SessionStore} throws.
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
     * Begins a session, or goes on with the user's where the wish is to resume.
     *
     * @throws OnboardingException.InvalidField where the flow is unknown, or nobody is named who could resume
     */
    public StartResult start(StartRequest start, WriteConditions<StartResult> conditions) {
        if (start.resume()) {
            String flow = requireFlow(start.flow());
            String user = start.userId()
                    .orElseThrow(() -> new OnboardingException.InvalidField("user_id", "is required to resume"));
            return resumed(flow, user, conditions);
        }
        Flow flow = flow(start.flow());
        SessionChange change = transitions.start(flow, start.userId(), now());
        return executor.begun(change, new StartResult(new Onboarding(change.after(), flow), false), conditions);
    }

    /** Of two at once one begins a session, and the other goes on with it. */
    private StartResult resumed(String flowId, String user, WriteConditions<StartResult> conditions) {
        RetryDeadline deadline = new RetryDeadline();
        do {
            Optional<Onboarding> current = findForUser(user, new FlowFilter.OneFlow(flowId));
            if (current.isPresent()) {
                StartResult resumed = new StartResult(current.get(), true);
                if (executor.kept(resumed, current.get().session(), conditions)) {
                    activity.returned(current.get().session(), now());
                    return resumed;
                }
            } else {
                Flow flow = flow(flowId);
                SessionChange change = transitions.start(flow, Optional.of(user), now());
                StartResult started = new StartResult(new Onboarding(change.after(), flow), false);
                List<Precondition> alone = List.of(new Precondition.NoResumableSession(user, flowId));
                Optional<IdempotencyRecord> idempotencyRecord = conditions.idempotencyRecord(
                        started, Optional.of(change.after().id()), ids.next(), now());
                if (executor.written(new UnitOfWork(List.of(change), alone, idempotencyRecord, Optional.empty()))) {
                    return started;
                }
            }
        } while (deadline.lasts());
        throw new StoreBusy(BusyReason.LOCKED);
    }

    /** The same, on no terms. */
    public StartResult start(StartRequest start) {
        return start(start, WriteConditions.none());
    }

    /**
     * A session without its flow.
     *
     * @throws OnboardingException.SessionNotFound where there is none
     */
    public Session find(String id) {
        return reader.find(id);
    }

    /** @throws OnboardingException.SessionNotFound where there is none */
    public Onboarding get(String id) {
        return reader.onboarding(find(id));
    }

    /**
     * The same for a caller who may have to be refused.
     *
     * @param check throws where the caller may not use the session
     */
    public Onboarding get(String id, Consumer<Session> check) {
        return reader.get(id, check);
    }

    /**
     * Reads a session for the person who returns to it, and makes cleanup count from now.
     *
     * @param check throws where the caller may not use it; then nothing is noted
     * @throws OnboardingException.SessionNotFound where there is none
     */
    public Onboarding visit(String id, Consumer<Session> check) {
        Onboarding current = get(id, check);
        activity.returned(current.session(), now());
        return current;
    }

    /** The same for whoever holds its id. */
    public Onboarding visit(String id) {
        return visit(id, session -> {});
    }

    /** The user's newest open session, else their newest completed one, else their newest dismissed one. */
    public Optional<Onboarding> findForUser(String userId, FlowFilter flow) {
        return store.findForUser(userId, flow).map(reader::onboarding);
    }

    public boolean anyCompleted() {
        return store.anyCompleted();
    }

    /** A page of the list from its beginning; {@code limit} is at least 1. */
    public SessionPage list(SessionFilter filter, int limit) {
        return page(store.list(filter, limit + 1), limit);
    }

    /** The page that begins behind a position. */
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

    /** At most {@code limit} events of a session from behind a place, oldest first; {@code limit} is at least 1. */
    public EventPage events(String sessionId, EventPosition after, int limit) {
        return EventPage.of(store.events(find(sessionId).id(), after, limit + 1), limit);
    }

    /**
     * Takes a session's first declaration; the same one again answers the same K-Block.
     *
     * @throws OnboardingException.AlreadyDeclared where it holds another declaration
     */
    public DeclarationResult declare(
            String sessionId, Declaration declaration, WriteConditions<DeclarationResult> conditions) {
        return executor.change(
                sessionId,
                current -> new SessionAction.Declare(declaration),
                conditions,
                (current, action, after) -> DeclarationResult.of(after));
    }

    /** The same, on no terms. */
    public DeclarationResult declare(String sessionId, Declaration declaration) {
        return declare(sessionId, declaration, WriteConditions.none());
    }

    /**
     * Takes a declaration in a new anonymous session of a flow, in one transaction.
     *
     * @throws OnboardingException.InvalidField naming {@code session_id} where the flow asks for something else first
     */
    public DeclarationResult declare(
            Flow flow, Declaration declaration, WriteConditions<DeclarationResult> conditions) {
        return executor.changeNew(flow, new SessionAction.Declare(declaration), conditions, DeclarationResult::of);
    }

    /**
     * Takes an answer to a step; the same one again changes nothing.
     *
     * @param answer a plain value, as {@link dev.onward.json.Json} reads one; an empty map for a step that asks for
     *     none
     * @throws OnboardingException.InvalidAnswer where it does not meet what the step asks for
     */
    public Onboarding submit(String sessionId, String step, Object answer, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Submit(step, answer), conditions);
    }

    /** Leaves an optional step out. */
    public Onboarding skip(String sessionId, String step, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Skip(step), conditions);
    }

    /** Puts a session off: the person said not now. */
    public Onboarding dismiss(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Dismiss(), conditions);
    }

    /** Goes on with a session that was put off. */
    public Onboarding reopen(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Reopen(), conditions);
    }

    /** Begins anew in the flow's current version; answers the new session. */
    public Onboarding restart(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(
                sessionId,
                current ->
                        new SessionAction.RestartSession(flow(current.session().flow())),
                conditions,
                (current, asked, after) -> after);
    }

    /**
     * Makes an anonymous session a user's, and says what became of it.
     *
     * @param secret what the session takes from then on in mode public beside its id
     * @throws OnboardingException.InvalidField naming {@code user_id}
     */
    public ClaimResult claim(
            String sessionId,
            String userId,
            ClaimPolicy policy,
            Optional<ClaimSecret> secret,
            WriteConditions<ClaimResult> conditions) {
        String user = TextRules.requireId("user_id", userId);
        return executor.change(
                sessionId,
                current -> new SessionAction.Claim(user, openOrCompleted(user, current.session()), policy, secret),
                conditions,
                ClaimResult::of);
    }

    /** The same, and its id alone goes on opening the session. */
    public ClaimResult claim(
            String sessionId, String userId, ClaimPolicy policy, WriteConditions<ClaimResult> conditions) {
        return claim(sessionId, userId, policy, Optional.empty(), conditions);
    }

    /**
     * Gives a session another claim secret. Neither its revision nor its time of change moves.
     *
     * @return the session afterwards, with this secret or one that another caller set at the same moment
     */
    public Session renewClaimSecret(Session session, ClaimSecret secret) {
        store.replaceClaimSecret(session.id(), session.claimSecret(), secret);
        return find(session.id());
    }

    /** Completes a session; a repeat changes nothing. */
    public Onboarding complete(String sessionId, WriteConditions<Onboarding> conditions) {
        return executor.change(sessionId, new SessionAction.Complete(), conditions);
    }

    /** The same, on no terms. */
    public Onboarding complete(String sessionId) {
        return complete(sessionId, WriteConditions.none());
    }

    /** The same, on no terms. */
    public DeclarationResult declare(Flow flow, Declaration declaration) {
        return declare(flow, declaration, WriteConditions.none());
    }

    /**
     * Records an anonymous completed session of a flow, in one transaction.
     *
     * @throws OnboardingException.InvalidField naming {@code session_id} where the flow asks for required steps first
     */
    public Onboarding complete(Flow flow, WriteConditions<Onboarding> conditions) {
        return executor.changeNew(flow, new SessionAction.Complete(), conditions, after -> after);
    }

    /** The same, on no terms. */
    public Onboarding complete(Flow flow) {
        return complete(flow, WriteConditions.none());
    }

    /** What was answered to a request before. */
    public Optional<IdempotencyRecord> idempotencyRecord(String id) {
        return store.idempotencyRecord(id);
    }

    /** Keeps what was answered to a request that is about no session, and answers it. */
    public <R> R kept(R answer, WriteConditions<R> conditions) {
        executor.kept(conditions.idempotencyRecord(answer, Optional.empty(), ids.next(), now()));
        return answer;
    }

    /** @throws OnboardingException.KBlockNotFound where there is none */
    public KBlock kblock(String id) {
        return store.kblock(id).orElseThrow(OnboardingException.KBlockNotFound::new);
    }

    public UserProfile profile(String userId) {
        return store.profile(userId);
    }

    /**
     * The current version of a flow, which is needed only where a session begins.
     *
     * @throws OnboardingException.InvalidField naming {@code flow} where it is unknown
     */
    public Flow flow(String id) {
        return reader.currentFlow(id);
    }

    /**
     * The id of a flow that is here, whether or not this software can read it.
     *
     * @throws OnboardingException.InvalidField naming {@code flow} where it is unknown
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
