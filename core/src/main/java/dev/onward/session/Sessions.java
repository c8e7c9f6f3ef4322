package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.kblock.Celebration;
import dev.onward.kblock.CelebrationWords;
import dev.onward.kblock.KBlock;
import dev.onward.kblock.Loss;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The only writer of sessions. Thread-safe; blocks until the database has answered.
 *
 * <p>Whoever holds a session's id may use it; whether a caller may name a user is decided before this class is asked.
 * Every method throws what {@link SessionStore} throws.
 */
public final class Sessions {
    /** How often a change is decided anew when others change the same session meanwhile. */
    private static final int TRIES = 10;

    private final FlowCatalog flows;
    private final SessionStore store;
    private final InstantSource clock;
    private final Transitions transitions;

    public Sessions(FlowCatalog flows, SessionStore store, InstantSource clock, Ids ids) {
        this.flows = flows;
        this.store = store;
        this.clock = clock;
        this.transitions = new Transitions(ids);
    }

    /**
     * Begins a session, or goes on with the user's where the wish is to resume.
     *
     * @throws OnboardingException.InvalidField where the flow is unknown, or nobody is named who could resume
     */
    public Started start(Start start) {
        Flow flow = flow(start.flow());
        if (start.resume()) {
            String user = start.userId()
                    .orElseThrow(() ->
                            new OnboardingException.InvalidField("user_id", "is needed to resume: say whose session"));
            Optional<Journey> standing = findForUser(user, new FlowChoice.Only(flow.id()));
            if (standing.isPresent()) {
                return new Started(standing.get(), true);
            }
        }
        Change change = transitions.start(flow, start.userId(), now());
        return new Started(new Journey(begin(change), flow), false);
    }

    /** @throws OnboardingException.SessionNotFound where there is none */
    public Journey get(String id) {
        return journey(session(id));
    }

    /** The user's newest open session, else their newest completed one. */
    public Optional<Journey> findForUser(String userId, FlowChoice flow) {
        return store.newest(userId, false, flow)
                .or(() -> store.newest(userId, true, flow))
                .map(this::journey);
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

    /**
     * Takes a session's first declaration; the same one again answers the same K-Block.
     *
     * @throws OnboardingException.AlreadyDeclared where it holds another declaration
     */
    public Declared declare(String sessionId, Declaration declaration) {
        return declared(change(sessionId, new Action.Declare(declaration)));
    }

    /** Takes a declaration in a new anonymous session of a flow, in one transaction. */
    public Declared declare(Flow flow, Declaration declaration) {
        return declared(changeNew(flow, new Action.Declare(declaration)));
    }

    /** Completes a session; a repeat changes nothing. */
    public Journey complete(String sessionId) {
        return change(sessionId, new Action.Complete());
    }

    /** Records an anonymous completed session of a flow, in one transaction. */
    public Journey complete(Flow flow) {
        return changeNew(flow, new Action.Complete());
    }

    /** @throws OnboardingException.KBlockNotFound where there is none */
    public KBlock kblock(String id) {
        return store.kblock(id).orElseThrow(OnboardingException.KBlockNotFound::new);
    }

    public Profile profile(String userId) {
        return store.profile(userId);
    }

    /** @throws OnboardingException.InvalidField naming {@code flow} where it is unknown */
    public Flow flow(String id) {
        return flows.find(id)
                .orElseThrow(() -> new OnboardingException.InvalidField("flow", "names a flow that is not here"));
    }

    private Journey change(String sessionId, Action action) {
        for (int tries = 0; tries < TRIES; tries++) {
            Journey standing = get(sessionId);
            switch (transitions.apply(standing.flow(), standing.session(), action, now())) {
                case Outcome.Changed(Change change) -> {
                    if (store.write(change)) {
                        return new Journey(change.after(), standing.flow());
                    }
                }
                case Outcome.Done() -> {
                    return standing;
                }
                case Outcome.Refused(OnboardingException reason) -> throw reason;
            }
        }
        throw new OnboardingException.ChangedMeanwhile(get(sessionId));
    }

    private Journey changeNew(Flow flow, Action action) {
        Instant now = now();
        Change start = transitions.start(flow, Optional.empty(), now);
        return switch (transitions.apply(flow, start.after(), action, now)) {
            case Outcome.Changed(Change change) -> new Journey(begin(start.followedBy(change)), flow);
            case Outcome.Done() -> throw new IllegalStateException("a new session was done before");
            case Outcome.Refused(OnboardingException reason) -> throw reason;
        };
    }

    private Session begin(Change change) {
        if (!store.write(change)) {
            throw new IllegalStateException("the id of a new session is taken");
        }
        return change.after();
    }

    private static Declared declared(Journey journey) {
        String text = journey.session().firstDeclaration().orElseThrow();
        Loss loss = Loss.of(text);
        CelebrationWords words = journey.flow()
                .declarationStep()
                .map(step -> step.celebration(loss.intensity()))
                .orElse(CelebrationWords.NONE);
        return new Declared(
                journey,
                journey.session().firstKBlockId().orElseThrow(),
                KBlock.AXIOM,
                loss,
                words.justification(),
                Celebration.of(loss, words));
    }

    private Session session(String id) {
        return store.find(id).orElseThrow(OnboardingException.SessionNotFound::new);
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
