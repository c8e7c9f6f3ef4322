package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.kblock.KBlock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only writer of sessions. Thread-safe; blocks until the database has answered.
 *
 * <p>Whatever changes a session throws an {@link OnboardingException.Conflict} where that is not possible as the
 * session stands, and {@link OnboardingException.StaleRevision} where its terms name another revision.
 *
 * <p>Whoever holds a session's id may use it; whether a caller may name a user is decided before this class is asked.
 * Every method throws what {@link SessionStore} throws.
 */
public final class Sessions {
    private final FlowCatalog flows;
    private final SessionStore store;
    private final InstantSource clock;
    private final Ids ids;
    private final Transitions transitions;
    private final Activity activity;

    public Sessions(FlowCatalog flows, SessionStore store, InstantSource clock, Ids ids) {
        this.flows = flows;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.transitions = new Transitions(ids);
        this.activity = new Activity(store);
    }

    /**
     * Begins a session, or goes on with the user's where the wish is to resume.
     *
     * @throws OnboardingException.InvalidField where the flow is unknown, or nobody is named who could resume
     */
    public Started start(Start start, Terms<Started> terms) {
        if (start.resume()) {
            String flow = requireFlow(start.flow());
            String user = start.userId()
                    .orElseThrow(() ->
                            new OnboardingException.InvalidField("user_id", "is needed to resume: say whose session"));
            return resumed(flow, user, terms);
        }
        Flow flow = flow(start.flow());
        Change change = transitions.start(flow, start.userId(), now());
        return begun(change, new Started(new Journey(change.after(), flow), false), terms);
    }

    /** Of two at once one begins a session, and the other goes on with it. */
    private Started resumed(String flowId, String user, Terms<Started> terms) {
        Patience patience = new Patience();
        do {
            Optional<Journey> standing = findForUser(user, new FlowChoice.Only(flowId));
            if (standing.isPresent()) {
                Started resumed = new Started(standing.get(), true);
                if (kept(resumed, standing.get().session(), terms)) {
                    activity.returned(standing.get().session(), now());
                    return resumed;
                }
            } else {
                Flow flow = flow(flowId);
                Change change = transitions.start(flow, Optional.of(user), now());
                Started started = new Started(new Journey(change.after(), flow), false);
                List<Premise> alone = List.of(new Premise.NoneToResume(user, flowId));
                Optional<Receipt> receipt =
                        terms.receipt(started, Optional.of(change.after().id()), ids.next(), now());
                if (written(new Writing(List.of(change), alone, receipt, Optional.empty()))) {
                    return started;
                }
            }
        } while (patience.lasts());
        throw new OnboardingException.StoreBusy();
    }

    /** The same, on no terms. */
    public Started start(Start start) {
        return start(start, Terms.none());
    }

    /**
     * A session without its flow.
     *
     * @throws OnboardingException.SessionNotFound where there is none
     */
    public Session find(String id) {
        return store.find(id).orElseThrow(OnboardingException.SessionNotFound::new);
    }

    /** @throws OnboardingException.SessionNotFound where there is none */
    public Journey get(String id) {
        return journey(find(id));
    }

    /**
     * The same for a caller who may have to be refused.
     *
     * @param check throws where the caller may not use the session
     */
    public Journey get(String id, Consumer<Session> check) {
        Session session = find(id);
        check.accept(session);
        return journey(session);
    }

    /**
     * A session for the person who comes back to it: cleanup counts from now.
     *
     * @param check throws where the caller may not use it; then nothing is noted
     * @throws OnboardingException.SessionNotFound where there is none
     */
    public Journey comeBack(String id, Consumer<Session> check) {
        Journey standing = get(id, check);
        activity.returned(standing.session(), now());
        return standing;
    }

    /** The same for whoever holds its id. */
    public Journey comeBack(String id) {
        return comeBack(id, session -> {});
    }

    /** The user's newest open session, else their newest completed one, else their newest dismissed one. */
    public Optional<Journey> findForUser(String userId, FlowChoice flow) {
        return store.findForUser(userId, flow).map(this::journey);
    }

    public boolean anyCompleted() {
        return store.anyCompleted();
    }

    /** A page of the list from its beginning; {@code limit} is at least 1. */
    public SessionPage list(SessionFilter filter, int limit) {
        return page(store.list(filter, limit + 1), limit);
    }

    /** The page that begins behind a position. */
    public SessionPage listAfter(Position position, SessionFilter filter, int limit) {
        return page(store.listAfter(position, filter, limit + 1), limit);
    }

    private static SessionPage page(List<Session> found, int limit) {
        if (found.size() <= limit) {
            return new SessionPage(found, Optional.empty());
        }
        List<Session> shown = found.subList(0, limit);
        return new SessionPage(shown, Optional.of(Position.of(shown.getLast())));
    }

    /** At most {@code limit} events of a session from behind a place, oldest first; {@code limit} is at least 1. */
    public EventPage events(String sessionId, EventPlace after, int limit) {
        return EventPage.of(store.events(find(sessionId).id(), after, limit + 1), limit);
    }

    /**
     * Takes a session's first declaration; the same one again answers the same K-Block.
     *
     * @throws OnboardingException.AlreadyDeclared where it holds another declaration
     */
    public Declared declare(String sessionId, Declaration declaration, Terms<Declared> terms) {
        return change(
                sessionId,
                standing -> new Action.Declare(declaration),
                terms,
                (standing, action, after) -> Declared.of(after));
    }

    /** The same, on no terms. */
    public Declared declare(String sessionId, Declaration declaration) {
        return declare(sessionId, declaration, Terms.none());
    }

    /**
     * Takes a declaration in a new anonymous session of a flow, in one transaction.
     *
     * @throws OnboardingException.InvalidField naming {@code session_id} where the flow asks for something else first
     */
    public Declared declare(Flow flow, Declaration declaration, Terms<Declared> terms) {
        return changeNew(flow, new Action.Declare(declaration), terms, Declared::of);
    }

    /**
     * Takes an answer to a step; the same one again changes nothing.
     *
     * @param answer a plain value, as {@link dev.onward.schema.Json} reads one; an empty map for a step that asks for
     *     none
     * @throws OnboardingException.InvalidAnswer where it does not meet what the step asks for
     */
    public Journey submit(String sessionId, String step, Object answer, Terms<Journey> terms) {
        return change(sessionId, new Action.Submit(step, answer), terms);
    }

    /** Leaves an optional step out. */
    public Journey skip(String sessionId, String step, Terms<Journey> terms) {
        return change(sessionId, new Action.Skip(step), terms);
    }

    /** Puts a session off: the person said not now. */
    public Journey dismiss(String sessionId, Terms<Journey> terms) {
        return change(sessionId, new Action.Dismiss(), terms);
    }

    /** Goes on with a session that was put off. */
    public Journey reopen(String sessionId, Terms<Journey> terms) {
        return change(sessionId, new Action.Reopen(), terms);
    }

    /** Begins anew in the flow's current version; answers the new session. */
    public Journey restart(String sessionId, Terms<Journey> terms) {
        return change(
                sessionId,
                standing -> new Action.Restart(flow(standing.session().flow())),
                terms,
                (standing, asked, after) -> after);
    }

    /**
     * Makes an anonymous session a user's, and says what became of it.
     *
     * @param secret what the session takes from then on in mode public beside its id
     * @throws OnboardingException.InvalidField naming {@code user_id}
     */
    public Claimed claim(
            String sessionId, String userId, ClaimPolicy policy, Optional<ClaimSecret> secret, Terms<Claimed> terms) {
        String user = Text.requireId("user_id", userId);
        return change(
                sessionId,
                standing -> new Action.Claim(user, openOrCompleted(user, standing.session()), policy, secret),
                terms,
                Claimed::of);
    }

    /** The same, and its id alone goes on opening the session. */
    public Claimed claim(String sessionId, String userId, ClaimPolicy policy, Terms<Claimed> terms) {
        return claim(sessionId, userId, policy, Optional.empty(), terms);
    }

    /**
     * Gives a session another claim secret. Neither its revision nor its time of change moves.
     *
     * @return the session as it stands then, with this secret or the one that somebody else gave it at that moment
     */
    public Session renewClaimSecret(Session session, ClaimSecret secret) {
        store.replaceClaimSecret(session.id(), session.claimSecret(), secret);
        return find(session.id());
    }

    /** Completes a session; a repeat changes nothing. */
    public Journey complete(String sessionId, Terms<Journey> terms) {
        return change(sessionId, new Action.Complete(), terms);
    }

    /** The same, on no terms. */
    public Journey complete(String sessionId) {
        return complete(sessionId, Terms.none());
    }

    /** The same, on no terms. */
    public Declared declare(Flow flow, Declaration declaration) {
        return declare(flow, declaration, Terms.none());
    }

    /**
     * Records an anonymous completed session of a flow, in one transaction.
     *
     * @throws OnboardingException.InvalidField naming {@code session_id} where the flow asks for required steps first
     */
    public Journey complete(Flow flow, Terms<Journey> terms) {
        return changeNew(flow, new Action.Complete(), terms, after -> after);
    }

    /** The same, on no terms. */
    public Journey complete(Flow flow) {
        return complete(flow, Terms.none());
    }

    /** What was answered to a request before. */
    public Optional<Receipt> receipt(String id) {
        return store.receipt(id);
    }

    /** Keeps what was answered to a request that is about no session, and answers it. */
    public <R> R kept(R answer, Terms<R> terms) {
        kept(terms.receipt(answer, Optional.empty(), ids.next(), now()));
        return answer;
    }

    /** @throws OnboardingException.KBlockNotFound where there is none */
    public KBlock kblock(String id) {
        return store.kblock(id).orElseThrow(OnboardingException.KBlockNotFound::new);
    }

    public Profile profile(String userId) {
        return store.profile(userId);
    }

    /**
     * The current version of a flow, which is needed only where a session begins.
     *
     * @throws OnboardingException.InvalidField naming {@code flow} where it is unknown
     */
    public Flow flow(String id) {
        return flows.find(id).orElseThrow(Sessions::unknownFlow);
    }

    /**
     * The id of a flow that is here, whether or not this software can read it.
     *
     * @throws OnboardingException.InvalidField naming {@code flow} where it is unknown
     */
    public String requireFlow(String id) {
        if (!flows.ids().contains(id)) {
            throw unknownFlow();
        }
        return id;
    }

    private static OnboardingException unknownFlow() {
        return new OnboardingException.InvalidField("flow", "names a flow that is not here");
    }

    private Optional<Journey> openOrCompleted(String userId, Session session) {
        return store.findForUser(userId, new FlowChoice.Only(session.flow()))
                .filter(other -> other.state() != SessionState.DISMISSED)
                .filter(other -> !other.id().equals(session.id()))
                .map(this::journey);
    }

    /** Puts what became of an action into what is answered. */
    @FunctionalInterface
    private interface Result<A extends Action, R> {
        R of(Journey before, A action, Journey after);
    }

    private Journey change(String sessionId, Action action, Terms<Journey> terms) {
        return change(sessionId, standing -> action, terms, (standing, asked, after) -> after);
    }

    private <A extends Action, R> R change(
            String sessionId, Function<Journey, A> asked, Terms<R> terms, Result<A, R> result) {
        String token = ids.next();
        Patience patience = new Patience();
        do {
            Journey standing = get(sessionId, terms.check());
            if (!terms.allow(standing.session())) {
                throw new OnboardingException.StaleRevision(standing);
            }
            A action = asked.apply(standing);
            Instant now = now();
            switch (transitions.apply(standing, action, now)) {
                case Outcome.Changed changed -> {
                    R answer = result.of(standing, action, changed.result());
                    Optional<Receipt> receipt = terms.receipt(
                            answer, Optional.of(changed.result().session().id()), token, now);
                    if (written(new Writing(changed.changes(), changed.premises(), receipt, Optional.empty()))) {
                        activity.returned(changed.result().session(), now);
                        return answer;
                    }
                }
                case Outcome.Done() -> {
                    R answer = result.of(standing, action, standing);
                    if (kept(answer, standing.session(), terms)) {
                        activity.returned(standing.session(), now);
                        return answer;
                    }
                }
                case Outcome.Refused(OnboardingException reason) -> {
                    activity.returned(standing.session(), now);
                    throw reason;
                }
            }
        } while (patience.lasts());
        throw new OnboardingException.ChangedMeanwhile(get(sessionId, terms.check()));
    }

    private <R> R changeNew(Flow flow, Action action, Terms<R> terms, Function<Journey, R> result) {
        Instant now = now();
        Change start = transitions.start(flow, Optional.empty(), now);
        return switch (transitions.apply(new Journey(start.after(), flow), action, now)) {
            case Outcome.Changed changed ->
                begun(start.followedBy(changed.changes().getFirst()), result.apply(changed.result()), terms);
            case Outcome.Done() -> throw new IllegalStateException("a new session was done before");
            case Outcome.Refused refused
            when refused.reason() instanceof OnboardingException.Conflict ->
                throw new OnboardingException.InvalidField(
                        "session_id",
                        "is missing: in this flow other steps come first. Start a session, and go on with its"
                                + " next_step");
            case Outcome.Refused(OnboardingException reason) -> throw reason;
        };
    }

    private <R> R begun(Change change, R answer, Terms<R> terms) {
        Optional<Receipt> receipt =
                terms.receipt(answer, Optional.of(change.after().id()), ids.next(), now());
        if (!written(new Writing(List.of(change), receipt))) {
            throw new IllegalStateException("the id of a new session is taken");
        }
        return answer;
    }

    /**
     * Nothing is to be changed; a repeat shall be answered the same all the same.
     *
     * @return false where the session is gone meanwhile
     */
    private <R> boolean kept(R answer, Session session, Terms<R> terms) {
        return kept(terms.receipt(answer, Optional.of(session.id()), ids.next(), now()));
    }

    private boolean kept(Optional<Receipt> receipt) {
        return receipt.isEmpty() || written(new Writing(List.of(), receipt));
    }

    private boolean written(Writing writing) {
        return switch (store.write(writing)) {
            case DONE -> true;
            case OVERTAKEN, RELEASE_OVER -> false;
            case REPEATED -> throw new OnboardingException.RequestRepeated();
        };
    }

    private Journey journey(Session session) {
        Flow flow = flows.find(session.flow(), session.flowVersion())
                .orElseThrow(() -> new OnboardingException.FlowNotLoaded(session.flow()));
        return new Journey(session, flow);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
