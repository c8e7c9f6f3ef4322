package dev.onward.transition;

import dev.onward.flow.CompletionMode;
import dev.onward.flow.Flow;
import dev.onward.model.OnboardingEvent.EventType;
import dev.onward.model.SessionView.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds session changes. Pure except for new ids. */
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

    /** Starts a session. */
    SessionChange begin(Flow flow, Optional<String> userId, Optional<ClaimSecret> secret, Instant now) {
        return begin(
                Session.begin(ids.next(), userId, flow.id(), flow.version(), now)
                        .with(secret),
                now);
    }

    /** Starts a session that replaces another one of the same person. */
    SessionChange beginAfter(Session before, Flow flow, Instant now) {
        return begin(
                Session.begin(ids.next(), before.userId(), flow.id(), flow.version(), now)
                        .with(before.claimSecret()),
                now);
    }

    private SessionChange begin(Session after, Instant now) {
        return new SessionChange(
                Optional.empty(),
                after.revised(now),
                List.of(event(EventType.STARTED, Session.STARTED, now)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A change with one event at the latest milestone. */
    SessionChange of(Session before, Session after, EventType type, Instant now) {
        List<SessionEvent> events = List.of(event(type, after.currentStep(), now));
        return SessionChange.of(before, next(after, events, now), events);
    }

    /** A change of steps. It completes an open session if no step is left and the flow says so. */
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

    /** A completion requested by the product. */
    SessionChange complete(Flow flow, Session session, Instant now) {
        Session after =
                session.with(session.progress().reached(Session.COMPLETED).completedAt(now));
        EventType type = session.completed() ? EventType.CONFIRMED : EventType.COMPLETED;
        return of(session, after, type, now).completing(completion(flow, after, now));
    }

    /** The session with its next revision, and with the activity that the events show. */
    private static Session next(Session session, List<SessionEvent> events, Instant now) {
        Session revised = session.revised(now);
        return events.stream().map(SessionEvent::type).anyMatch(SessionChangeFactory::isActivity)
                ? revised.activeAt(now)
                : revised;
    }

    static Optional<FlowCompletion> completion(Flow flow, Session session, Instant at) {
        return session.userId().map(user -> new FlowCompletion(user, flow.id(), at, flow.onboarding()));
    }

    /**
     * Whether an event shows activity of the person, from which cleanup counts. Starting does not, because cleanup
     * counts from the creation as well.
     */
    private static boolean isActivity(EventType type) {
        return switch (type) {
            case STEP_DONE, SKIPPED, REVISED, DISMISSED, REOPENED, CLAIMED -> true;
            case STARTED, COMPLETED, CONFIRMED, SUPERSEDED, MIGRATED, EXITED, DELETED -> false;
        };
    }
}
