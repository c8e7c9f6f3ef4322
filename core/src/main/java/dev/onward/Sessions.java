package dev.onward;

import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession;
import dev.onward.model.ConflictException;
import dev.onward.model.FirstDeclaration;
import dev.onward.model.OnboardingException;
import dev.onward.model.SessionView;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.StartResult;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import java.util.List;
import java.util.function.Supplier;

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
 * A write that the session's state does not allow throws a {@link ConflictException} with the session as it
 * is; nothing happened. A method without {@link WriteOptions} is the same as with {@link WriteOptions#none}.
 */
public final class Sessions extends SessionReads {
    private final SessionService service;
    private final IdempotentCalls idempotent;

    Sessions(SessionService service) {
        super(service);
        this.service = service;
        this.idempotent = new IdempotentCalls(service);
    }

    /**
     * Starts a session that belongs to no user yet. Blocks.
     *
     * @param flow the flow's id
     * @return the new session
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView start(String flow) {
        return start(flow, WriteOptions.none());
    }

    /**
     * Starts a session that belongs to no user yet. Blocks.
     *
     * @param flow the flow's id
     * @param options an expected revision has no effect: the session is new
     * @return the new session
     * @throws OnboardingException.InvalidField if there is no such flow; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView start(String flow, WriteOptions options) {
        return started(StartRequest.of(flow), options).session();
    }

    /**
     * Starts a session for a user, whether or not they have others. Blocks.
     *
     * @param userId 1 to 64 characters
     * @param flow the flow's id
     * @return the new session
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView startFor(String userId, String flow) {
        return startFor(userId, flow, WriteOptions.none());
    }

    /**
     * Starts a session for a user, whether or not they have others. Blocks.
     *
     * @param userId 1 to 64 characters
     * @param flow the flow's id
     * @param options an expected revision has no effect: the session is new
     * @return the new session
     * @throws OnboardingException.InvalidField if there is no such flow or the user id breaks a rule; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView startFor(String userId, String flow, WriteOptions options) {
        return started(StartRequest.of(flow).by(userId), options).session();
    }

    /**
     * Continues a user's session of a flow, or starts one. Blocks.
     *
     * @param userId 1 to 64 characters
     * @param flow the flow's id
     * @return the session, and whether it existed before
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public StartedSession startOrResume(String userId, String flow) {
        return startOrResume(userId, flow, WriteOptions.none());
    }

    /**
     * Returns the user's newest open session of a flow, else their newest completed one, else their newest dismissed one,
     * and starts a session only if there is none. Of two calls at the same time, one starts a session and the other
     * returns it. Blocks.
     *
     * @param userId 1 to 64 characters
     * @param flow the flow's id
     * @param options an expected revision has no effect
     * @return the session, and whether it existed before
     * @throws OnboardingException.InvalidField if there is no such flow or the user id breaks a rule; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public StartedSession startOrResume(String userId, String flow, WriteOptions options) {
        return started(StartRequest.of(flow).by(userId).resuming(), options);
    }

    private StartedSession started(StartRequest request, WriteOptions options) {
        return idempotent.call(
                "start",
                () -> List.of(request.flow(), request.userId().orElse(""), String.valueOf(request.resume())),
                options,
                conditions -> service.start(request, conditions),
                StoredResults.STARTED,
                Sessions::started);
    }

    private static StartedSession started(StartResult result) {
        return new StartedSession(result.onboarding().view(), result.resumed());
    }

    /**
     * Submits an answer to a step. Blocks.
     *
     * @param sessionId the session's id
     * @param step the step's id
     * @param answer plain values: maps, lists, strings, numbers, booleans; an empty map for a step that takes no answer
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView submit(String sessionId, String step, Object answer) {
        return submit(sessionId, step, answer, WriteOptions.none());
    }

    /**
     * Submits an answer to a step. The same answer again changes nothing; numbers compare by value. Blocks.
     *
     * @param sessionId the session's id
     * @param step the step's id
     * @param answer plain values: maps, lists, strings, numbers, booleans; an empty map for a step that takes no answer
     * @param options preconditions and idempotency options
     * @return the session after the call
     * @throws OnboardingException.StepNotFound if the flow has no such step; nothing happened
     * @throws OnboardingException.InvalidAnswer if the answer does not meet the step's schema; nothing happened
     * @throws OnboardingException.AnswersTooLarge if the answers would exceed 64 KiB; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView submit(String sessionId, String step, Object answer, WriteOptions options) {
        return changed(
                "submit",
                () -> List.of(sessionId, step, IdempotentCalls.text(answer)),
                options,
                conditions -> service.submit(sessionId, step, answer, conditions));
    }

    /**
     * Skips an optional step. Blocks.
     *
     * @param sessionId the session's id
     * @param step the step's id
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView skip(String sessionId, String step) {
        return skip(sessionId, step, WriteOptions.none());
    }

    /**
     * Skips an optional step. Blocks.
     *
     * @param sessionId the session's id
     * @param step the step's id
     * @param options preconditions and idempotency options
     * @return the session after the call
     * @throws OnboardingException.StepNotFound if the flow has no such step; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView skip(String sessionId, String step, WriteOptions options) {
        return changed(
                "skip",
                () -> List.of(sessionId, step),
                options,
                conditions -> service.skip(sessionId, step, conditions));
    }

    /**
     * Submits the first declaration: what matters most to the person. Blocks.
     *
     * @param sessionId the session's id
     * @param declaration 1 to 10,000 characters, not blank
     * @return the session after the call, and its K-Block
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public FirstDeclaration declare(String sessionId, String declaration) {
        return declare(sessionId, declaration, WriteOptions.none());
    }

    /**
     * Submits the first declaration, which becomes a K-Block. The same declaration again returns the same K-Block.
     * Blocks.
     *
     * @param sessionId the session's id
     * @param declaration 1 to 10,000 characters, not blank
     * @param options preconditions and idempotency options
     * @return the session after the call, and its K-Block
     * @throws OnboardingException.InvalidField if the declaration breaks a rule; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public FirstDeclaration declare(String sessionId, String declaration, WriteOptions options) {
        Declaration declared = new Declaration(declaration);
        return idempotent.call(
                "declare",
                () -> List.of(sessionId, declaration),
                options,
                conditions -> service.declare(sessionId, declared, conditions),
                StoredResults.DECLARED,
                Views::declared);
    }

    /**
     * Completes a session. A repeat changes nothing. Blocks.
     *
     * @param sessionId the session's id
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView complete(String sessionId) {
        return complete(sessionId, WriteOptions.none());
    }

    /**
     * Completes a session. A repeat changes nothing. Blocks.
     *
     * @param sessionId the session's id
     * @param options preconditions and idempotency options
     * @return the session after the call
     * @throws ConflictException.StepsMissing if required steps are not done; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView complete(String sessionId, WriteOptions options) {
        return changed(
                "complete", () -> List.of(sessionId), options, conditions -> service.complete(sessionId, conditions));
    }

    /**
     * Puts a session off: the person said "not now". Cleanup keeps it. Blocks.
     *
     * @param sessionId the session's id
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView dismiss(String sessionId) {
        return dismiss(sessionId, WriteOptions.none());
    }

    /**
     * Puts a session off: the person said "not now". Cleanup keeps it. Blocks.
     *
     * @param sessionId the session's id
     * @param options preconditions and idempotency options
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView dismiss(String sessionId, WriteOptions options) {
        return changed(
                "dismiss", () -> List.of(sessionId), options, conditions -> service.dismiss(sessionId, conditions));
    }

    /**
     * Continues a session that was dismissed. Blocks.
     *
     * @param sessionId the session's id
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView reopen(String sessionId) {
        return reopen(sessionId, WriteOptions.none());
    }

    /**
     * Continues a session that was dismissed. Blocks.
     *
     * @param sessionId the session's id
     * @param options preconditions and idempotency options
     * @return the session after the call
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView reopen(String sessionId, WriteOptions options) {
        return changed(
                "reopen", () -> List.of(sessionId), options, conditions -> service.reopen(sessionId, conditions));
    }

    /**
     * Starts again in the flow's current version, with a new session that replaces this one. Blocks.
     *
     * @param sessionId the session's id
     * @return the new session
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView restart(String sessionId) {
        return restart(sessionId, WriteOptions.none());
    }

    /**
     * Starts again in the flow's current version, with a new session that replaces this one. Blocks.
     *
     * @param sessionId the session's id
     * @param options preconditions and idempotency options
     * @return the new session
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public SessionView restart(String sessionId, WriteOptions options) {
        return changed(
                "restart", () -> List.of(sessionId), options, conditions -> service.restart(sessionId, conditions));
    }

    /**
     * Gives an anonymous session to a user who signed up or signed in. Blocks.
     *
     * @param sessionId the session's id
     * @param userId 1 to 64 characters
     * @param policy what to do if the user already has a session of the same flow
     * @return the session to continue with
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public ClaimedSession claim(String sessionId, String userId, ClaimPolicy policy) {
        return claim(sessionId, userId, policy, WriteOptions.none());
    }

    /**
     * Gives an anonymous session to a user who signed up or signed in. Blocks.
     *
     * @param sessionId the session's id
     * @param userId 1 to 64 characters
     * @param policy what to do if the user already has a session of the same flow
     * @param options preconditions and idempotency options
     * @return the session to continue with
     * @throws ConflictException.ClaimedByAnotherUser if it belongs to another user; nothing happened
     * @throws ConflictException.UserHasOpenSession if the policy is {@link ClaimPolicy#FAIL} and the user has an open
     *     session; nothing happened
     * @throws OnboardingException nothing happened, unless it is {@link OnboardingException.OutcomeUnknown}
     */
    public ClaimedSession claim(String sessionId, String userId, ClaimPolicy policy, WriteOptions options) {
        return idempotent.call(
                "claim",
                () -> List.of(sessionId, userId, policy.code()),
                options,
                conditions -> service.claim(sessionId, userId, policy, conditions),
                StoredResults.CLAIMED,
                Views::claimed);
    }

    private SessionView changed(
            String operation,
            Supplier<List<String>> arguments,
            WriteOptions options,
            IdempotentCalls.Write<Onboarding> write) {
        return idempotent.call(operation, arguments, options, write, StoredResults.SESSION, Onboarding::view);
    }

    /**
     * A session to work with.
     *
     * @param session the session
     * @param resumed whether it existed before the call
     */
    public record StartedSession(SessionView session, boolean resumed) {}
}
