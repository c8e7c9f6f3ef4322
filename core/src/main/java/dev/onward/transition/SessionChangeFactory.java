package dev.onward.transition;

import dev.onward.flow.CompletionMode;
import dev.onward.flow.Flow;
import dev.onward.model.EventType;
import dev.onward.model.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what a transition writes. Pure but for new ids. */
final class SessionChangeFactory {
    private final IdGenerator ids;

    SessionChangeFactory(IdGenerator ids) {
        this.ids = ids;
    }

    String newId() {
        return ids.next();
    }

    SessionEvent event(EventType type, String step, Instant now) {
        return new SessionEvent(ids.next(now), type, step, now);
    }

    /** A session that begins now. */
    SessionChange begin(Flow flow, Optional<String> userId, Instant now) {
        return begin(Session.begin(ids.next(), userId, flow.id(), flow.version(), now), now);
    }

    /** A session that begins now for the person of another one, in whose place it stands. */
    SessionChange beginAfter(Session before, Flow flow, Instant now) {
        return begin(
                Session.begin(ids.next(), before.userId(), flow.id(), flow.version(), now)
                        .with(before.claimSecret()),
                now);
    }

    private SessionChange begin(Session begun, Instant now) {
        return new SessionChange(
                Optional.empty(),
                begun.revised(now),
                List.of(event(EventType.STARTED, Session.STARTED, now)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A change that leaves one event, at the milestone that was reached. */
    SessionChange of(Session before, Session after, EventType type, Instant now) {
        List<SessionEvent> events = List.of(event(type, after.currentStep(), now));
        return SessionChange.of(before, next(after, events, now), events);
    }

    /** What was done to steps; it completes an open session where nothing is left and the flow says so. */
    SessionChange ofSteps(Onboarding before, Session after, List<SessionEvent> events, Instant now) {
        Session session = before.session();
        Flow flow = before.flow();
        boolean completes = session.state() == SessionState.OPEN
                && flow.completes() == CompletionMode.LAST_STEP
                && new Onboarding(after, flow).visibleSteps().next().isEmpty();
        if (!completes) {
            return SessionChange.of(session, next(after, events, now), events);
        }
        Session completed = after.with(after.progress().completedAt(now));
        List<SessionEvent> all = new ArrayList<>(events);
        all.add(event(EventType.COMPLETED, completed.currentStep(), now));
        return SessionChange.of(session, next(completed, all, now), all).completing(completion(flow, completed, now));
    }

    /** A completion that the product calls for. */
    SessionChange complete(Flow flow, Session session, Instant now) {
        Session after =
                session.with(session.progress().reached(Session.COMPLETED).completedAt(now));
        EventType type = session.completed() ? EventType.CONFIRMED : EventType.COMPLETED;
        return of(session, after, type, now).completing(completion(flow, after, now));
    }

    /** The session as its next revision, and as active now where an event shows that the person was there. */
    private static Session next(Session session, List<SessionEvent> events, Instant now) {
        Session revised = session.revised(now);
        return events.stream().map(SessionEvent::type).anyMatch(SessionChangeFactory::isActivity)
                ? revised.activeAt(now)
                : revised;
    }

    static Optional<FlowCompletion> completion(Flow flow, Session session, Instant at) {
        return session.userId().map(user -> new FlowCompletion(user, flow.id(), at, flow.onboarding()));
    }

    /** Whether it shows that the person was there: cleanup then counts from it. To begin counts by the creation. */
    private static boolean isActivity(EventType type) {
        return switch (type) {
            case STEP_DONE, SKIPPED, REVISED, DISMISSED, REOPENED, CLAIMED -> true;
            case STARTED, COMPLETED, CONFIRMED, SUPERSEDED, MIGRATED, EXITED, DELETED -> false;
        };
    }
}
