package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.SessionAction;
import dev.onward.transition.SessionChange;
import dev.onward.transition.TransitionResult;
import dev.onward.transition.Transitions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a session, decides what an action changes, and writes that. Retries while others change the session. */
final class SessionChangeExecutor {
    private final OnboardingReader reader;
    private final SessionStore store;
    private final InstantSource clock;
    private final IdGenerator ids;
    private final Transitions transitions;
    private final ActivityRecorder activity;

    SessionChangeExecutor(OnboardingReader reader, SessionStore store, InstantSource clock, IdGenerator ids) {
        this.reader = reader;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.transitions = new Transitions(ids);
        this.activity = new ActivityRecorder(store);
    }

    /** Converts the result of an action to the return value. */
    @FunctionalInterface
    interface ResultMapper<A extends SessionAction, R> {
        R of(Onboarding before, A action, Onboarding after);
    }

    /** Runs an action on a session and returns the session afterwards. */
    Onboarding change(String sessionId, SessionAction action, WriteConditions<Onboarding> conditions) {
        return change(sessionId, current -> action, conditions, (current, unused, after) -> after);
    }

    /**
     * Runs an action on a session.
     *
     * @param toAction creates the action for the current session
     * @throws ConflictException.ConcurrentUpdate if others kept changing the session
     */
    <A extends SessionAction, R> R change(
            String sessionId,
            Function<Onboarding, A> toAction,
            WriteConditions<R> conditions,
            ResultMapper<A, R> result) {
        String token = ids.next();
        RetryDeadline deadline = new RetryDeadline();
        do {
            Onboarding current = reader.get(sessionId, conditions.check());
            if (!conditions.allow(current.session())) {
                throw new ConflictException.StaleRevision(current.view());
            }
            A action = toAction.apply(current);
            Instant now = now();
            switch (transitions.apply(current, action, now)) {
                case TransitionResult.Changed changed -> {
                    R answer = result.of(current, action, changed.result());
                    Optional<IdempotencyRecord> idempotencyRecord = conditions.idempotencyRecord(
                            answer, Optional.of(changed.result().session().id()), token, now);
                    if (write(new UnitOfWork(
                            changed.changes(), changed.preconditions(), idempotencyRecord, Optional.empty()))) {
                        activity.returned(changed.result().session(), now);
                        return answer;
                    }
                }
                case TransitionResult.Unchanged() -> {
                    R answer = result.of(current, action, current);
                    if (storeResult(answer, current.session(), conditions)) {
                        activity.returned(current.session(), now);
                        return answer;
                    }
                }
                case TransitionResult.Rejected(OnboardingException reason) -> {
                    activity.returned(current.session(), now);
                    throw reason;
                }
            }
        } while (deadline.lasts());
        throw new ConflictException.ConcurrentUpdate(
                reader.get(sessionId, conditions.check()).view());
    }

    /** Runs an action on a new anonymous session, in one transaction. */
    <R> R changeNew(Flow flow, SessionAction action, WriteConditions<R> conditions, Function<Onboarding, R> result) {
        Instant now = now();
        SessionChange start = transitions.start(flow, Optional.empty(), Optional.empty(), now);
        return switch (transitions.apply(new Onboarding(start.after(), flow), action, now)) {
            case TransitionResult.Changed changed ->
                writeNew(start.followedBy(changed.changes().getFirst()), result.apply(changed.result()), conditions);
            case TransitionResult.Unchanged() -> throw new IllegalStateException("a new session was done before");
            case TransitionResult.Rejected rejected
            when rejected.reason() instanceof ConflictException ->
                throw new OnboardingException.InvalidField(
                        "sessionId",
                        "is missing: this flow has other steps first. Start a session, and continue with its next"
                                + " step");
            case TransitionResult.Rejected(OnboardingException reason) -> throw reason;
        };
    }

    /** Writes a new session. */
    <R> R writeNew(SessionChange change, R answer, WriteConditions<R> conditions) {
        Optional<IdempotencyRecord> idempotencyRecord =
                conditions.idempotencyRecord(answer, Optional.of(change.after().id()), ids.next(), now());
        if (!write(new UnitOfWork(List.of(change), idempotencyRecord))) {
            throw new IllegalStateException("the id of a new session is taken");
        }
        return answer;
    }

    /**
     * Stores the result of a request that changed nothing, so that a retry gets the same.
     *
     * @return false if the session was deleted
     */
    <R> boolean storeResult(R answer, Session session, WriteConditions<R> conditions) {
        return storeResult(conditions.idempotencyRecord(answer, Optional.of(session.id()), ids.next(), now()));
    }

    /** @return false if the session is gone */
    boolean storeResult(Optional<IdempotencyRecord> idempotencyRecord) {
        return idempotencyRecord.isEmpty() || write(new UnitOfWork(List.of(), idempotencyRecord));
    }

    /** @return false if the session changed since it was read */
    boolean write(UnitOfWork unitOfWork) {
        return switch (store.write(unitOfWork)) {
            case DONE -> true;
            case CONFLICT, RELEASE_ENDED -> false;
            case DUPLICATE -> throw new OnboardingException.RequestRepeated();
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
