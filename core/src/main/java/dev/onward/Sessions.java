package dev.onward;

import dev.onward.model.ClaimPolicy;
import dev.onward.model.KBlockView;
import dev.onward.model.OnboardingEvent;
import dev.onward.model.OnboardingException;
import dev.onward.model.SessionSummary;
import dev.onward.model.SessionView;
import dev.onward.model.UserProfile;
import dev.onward.session.ClaimResult;
import dev.onward.session.DeclarationResult;
import dev.onward.session.EventPage;
import dev.onward.session.EventPosition;
import dev.onward.session.FlowFilter;
import dev.onward.session.SessionPage;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import java.util.List;
import java.util.Optional;

/**
 * Starts, changes and reads sessions. Every method blocks until the database has answered.
 *
 * <p>From {@link Onward#sessions} it is thread-safe, and a write that returns is committed. From {@link Onward#using} it
 * works inside the caller's transaction and may be used by the thread that uses the connection; a write is committed
 * when the caller commits.
 *
 * <p>Every method may throw:
 *
 * <ul>
 *   <li>{@link OnboardingException.StoreUnavailable}, {@link OnboardingException.StoreBusy},
 *       {@link OnboardingException.StoreFull} or {@link OnboardingException.StoreFailed}: nothing happened.
 *   <li>{@link OnboardingException.OutcomeUnknown}, from a write: it may have happened or not. Repeat it with the same
 *       idempotency key, or read the session.
 *   <li>{@link OnboardingException.SessionNotFound}, where it takes a session's id: nothing happened.
 * </ul>
 *
 * A write that the session's state does not allow throws a {@link OnboardingException.Conflict} with the session as it
 * is; nothing happened. A method without {@link WriteOptions} is the same as with {@link WriteOptions#none}.
 */
public final class Sessions {
    private final SessionService service;
    private final IdempotentCalls idempotent;

    Sessions(SessionService service) {
        this.service = service;
        this.idempotent = new IdempotentCalls(service);
    }

    /** Starts a session that belongs to no user yet. */
    public SessionView start(String flow) {
        return start(flow, WriteOptions.none());
    }

    /**
     * Starts a session that belongs to no user yet.
     *
     * @param options an expected revision has no effect: the session is new
     * @throws OnboardingException.InvalidField if there is no such flow; nothing happened
     */
    public SessionView start(String flow, WriteOptions options) {
        return started(StartRequest.of(flow), options).session();
    }

    /** Starts a session for a user, whether or not they have others. */
    public SessionView startFor(String userId, String flow) {
        return startFor(userId, flow, WriteOptions.none());
    }

    /**
     * Starts a session for a user, whether or not they have others.
     *
     * @param userId 1 to 64 characters
     * @param options an expected revision has no effect: the session is new
     * @throws OnboardingException.InvalidField if there is no such flow or the user id breaks a rule; nothing happened
     */
    public SessionView startFor(String userId, String flow, WriteOptions options) {
        return started(StartRequest.of(flow).by(userId), options).session();
    }

    /** Continues a user's session of a flow, or starts one. */
    public StartedSession startOrResume(String userId, String flow) {
        return startOrResume(userId, flow, WriteOptions.none());
    }

    /**
     * Returns the user's newest open session of a flow, else their newest completed one, else their newest dismissed one,
     * and starts a session only if there is none. Of two calls at the same time, one starts a session and the other
     * returns it.
     *
     * @param userId 1 to 64 characters
     * @param options an expected revision has no effect
     * @throws OnboardingException.InvalidField if there is no such flow or the user id breaks a rule; nothing happened
     */
    public StartedSession startOrResume(String userId, String flow, WriteOptions options) {
        return started(StartRequest.of(flow).by(userId).resuming(), options);
    }

    private StartedSession started(StartRequest request, WriteOptions options) {
        return idempotent.call(
                "start",
                List.of(request.flow(), request.userId().orElse(""), String.valueOf(request.resume())),
                options,
                conditions -> service.start(request, conditions),
                StoredResults.STARTED,
                Sessions::started);
    }

    private static StartedSession started(StartResult result) {
        return new StartedSession(result.onboarding().view(), result.resumed());
    }

    /** A session as it is now. Does not count as activity of the person. */
    public SessionView get(String id) {
        return service.get(id).view();
    }

    /** A session for the person who returns to it: reads it, and makes cleanup count from now. */
    public SessionView visit(String id) {
        return service.visit(id).view();
    }

    /** The user's newest open session of any flow, else their newest completed one, else their newest dismissed one. */
    public Optional<SessionView> findForUser(String userId) {
        return service.findForUser(userId, new FlowFilter.AnyFlow()).map(Onboarding::view);
    }

    /** The user's newest open session of a flow, else their newest completed one, else their newest dismissed one. */
    public Optional<SessionView> findForUser(String userId, String flow) {
        return service.findForUser(userId, new FlowFilter.OneFlow(flow)).map(Onboarding::view);
    }

    /** A page of sessions, newest first. */
    public Page<SessionSummary> list(SessionQuery query) {
        SessionPage page = query.cursor()
                .map(cursor -> service.listAfter(Cursors.position(cursor), Cursors.filter(query), query.limit()))
                .orElseGet(() -> service.list(Cursors.filter(query), query.limit()));
        return new Page<>(
                page.sessions().stream().map(Views::summary).toList(),
                page.next().map(Cursors::of));
    }

    /** The first events of a session, oldest first; {@code limit} is 1 to 1,000. */
    public Page<OnboardingEvent> events(String sessionId, int limit) {
        return events(sessionId, EventPosition.BEGINNING, limit);
    }

    /** The events that follow a page: {@code cursor} is its {@link Page#nextCursor}. */
    public Page<OnboardingEvent> eventsAfter(String sessionId, String cursor, int limit) {
        return events(sessionId, Cursors.eventPosition(cursor), limit);
    }

    private Page<OnboardingEvent> events(String sessionId, EventPosition after, int limit) {
        EventPage page = service.events(sessionId, after, limit);
        return new Page<>(
                page.events().stream()
                        .map(event -> Views.event(sessionId, event))
                        .toList(),
                page.next().map(Cursors::of));
    }

    /** Submits an answer to a step. */
    public SessionView submit(String sessionId, String step, Object answer) {
        return submit(sessionId, step, answer, WriteOptions.none());
    }

    /**
     * Submits an answer to a step. The same answer again changes nothing; numbers compare by value.
     *
     * @param answer plain values: maps, lists, strings, numbers, booleans; an empty map for a step that takes no answer
     * @throws OnboardingException.StepNotFound if the flow has no such step; nothing happened
     * @throws OnboardingException.InvalidAnswer if the answer does not meet the step's schema; nothing happened
     * @throws OnboardingException.AnswersTooLarge if the answers would exceed 64 KiB; nothing happened
     */
    public SessionView submit(String sessionId, String step, Object answer, WriteOptions options) {
        return changed(
                "submit",
                List.of(sessionId, step, IdempotentCalls.text(answer)),
                options,
                conditions -> service.submit(sessionId, step, answer, conditions));
    }

    /** Skips an optional step. */
    public SessionView skip(String sessionId, String step) {
        return skip(sessionId, step, WriteOptions.none());
    }

    /**
     * Skips an optional step.
     *
     * @throws OnboardingException.StepNotFound if the flow has no such step; nothing happened
     */
    public SessionView skip(String sessionId, String step, WriteOptions options) {
        return changed(
                "skip", List.of(sessionId, step), options, conditions -> service.skip(sessionId, step, conditions));
    }

    /** Declares what matters most to the person. */
    public FirstDeclaration declare(String sessionId, String declaration) {
        return declare(sessionId, declaration, WriteOptions.none());
    }

    /**
     * Submits the first declaration, which becomes a K-Block. The same declaration again returns the same K-Block.
     *
     * @param declaration 1 to 10,000 characters, not blank
     * @throws OnboardingException.InvalidField if the declaration breaks a rule; nothing happened
     */
    public FirstDeclaration declare(String sessionId, String declaration, WriteOptions options) {
        Declaration declared = new Declaration(declaration);
        return idempotent.call(
                "declare",
                List.of(sessionId, declaration),
                options,
                conditions -> service.declare(sessionId, declared, conditions),
                StoredResults.DECLARED,
                Sessions::declared);
    }

    private static FirstDeclaration declared(DeclarationResult result) {
        return new FirstDeclaration(
                result.onboarding().view(),
                result.kblockId(),
                result.layer(),
                result.loss().value(),
                result.justification(),
                result.celebration());
    }

    /** Completes a session. */
    public SessionView complete(String sessionId) {
        return complete(sessionId, WriteOptions.none());
    }

    /**
     * Completes a session. A repeat changes nothing.
     *
     * @throws OnboardingException.StepsMissing if required steps are not done; nothing happened
     */
    public SessionView complete(String sessionId, WriteOptions options) {
        return changed("complete", List.of(sessionId), options, conditions -> service.complete(sessionId, conditions));
    }

    /** Puts a session off: the person said "not now". Cleanup keeps it. */
    public SessionView dismiss(String sessionId) {
        return dismiss(sessionId, WriteOptions.none());
    }

    /** Puts a session off: the person said "not now". Cleanup keeps it. */
    public SessionView dismiss(String sessionId, WriteOptions options) {
        return changed("dismiss", List.of(sessionId), options, conditions -> service.dismiss(sessionId, conditions));
    }

    /** Continues a session that was dismissed. */
    public SessionView reopen(String sessionId) {
        return reopen(sessionId, WriteOptions.none());
    }

    /** Continues a session that was dismissed. */
    public SessionView reopen(String sessionId, WriteOptions options) {
        return changed("reopen", List.of(sessionId), options, conditions -> service.reopen(sessionId, conditions));
    }

    /** Starts again in the flow's current version: returns a new session, which replaces this one. */
    public SessionView restart(String sessionId) {
        return restart(sessionId, WriteOptions.none());
    }

    /** Starts again in the flow's current version: returns a new session, which replaces this one. */
    public SessionView restart(String sessionId, WriteOptions options) {
        return changed("restart", List.of(sessionId), options, conditions -> service.restart(sessionId, conditions));
    }

    /** Gives an anonymous session to a user. */
    public ClaimedSession claim(String sessionId, String userId, ClaimPolicy policy) {
        return claim(sessionId, userId, policy, WriteOptions.none());
    }

    /**
     * Gives an anonymous session to a user who signed up or signed in.
     *
     * @param userId 1 to 64 characters
     * @param policy what to do if the user already has a session of the same flow
     * @throws OnboardingException.ClaimedByAnotherUser if it belongs to another user; nothing happened
     * @throws OnboardingException.UserHasOpenSession if the policy is {@link ClaimPolicy#FAIL} and the user has an open
     *     session; nothing happened
     */
    public ClaimedSession claim(String sessionId, String userId, ClaimPolicy policy, WriteOptions options) {
        return idempotent.call(
                "claim",
                List.of(sessionId, userId, policy.code()),
                options,
                conditions -> service.claim(sessionId, userId, policy, conditions),
                StoredResults.CLAIMED,
                Sessions::claimed);
    }

    private static ClaimedSession claimed(ClaimResult result) {
        return new ClaimedSession(
                result.onboarding().view(), result.result(), result.superseded(), result.merged(), result.left());
    }

    /**
     * A K-Block by its id.
     *
     * @throws OnboardingException.KBlockNotFound if there is none
     */
    public KBlockView kblock(String id) {
        return Views.kblock(service.kblock(id));
    }

    /** What is known of a user; an unknown user has an empty profile. */
    public UserProfile profile(String userId) {
        return service.profile(userId);
    }

    private SessionView changed(
            String operation, List<String> arguments, WriteOptions options, IdempotentCalls.Write<Onboarding> write) {
        return idempotent.call(operation, arguments, options, write, StoredResults.SESSION, Onboarding::view);
    }
}
