package dev.onward.session;

import dev.onward.flow.Completes;
import dev.onward.flow.Flow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what a transition writes. Pure but for new ids. */
final class Changes {
    private final Ids ids;

    Changes(Ids ids) {
        this.ids = ids;
    }

    String newId() {
        return ids.next();
    }

    Event event(EventType type, String step, Instant now) {
        return new Event(ids.next(now), type, step, now);
    }

    /** A session that begins now. */
    Change begin(Flow flow, Optional<String> userId, Instant now) {
        return begin(Session.begin(ids.next(), userId, flow.id(), flow.version(), now), now);
    }

    /** A session that begins now for the person of another one, in whose place it stands. */
    Change beginAfter(Session before, Flow flow, Instant now) {
        return begin(
                Session.begin(ids.next(), before.userId(), flow.id(), flow.version(), now)
                        .with(before.claimSecret()),
                now);
    }

    private Change begin(Session begun, Instant now) {
        return new Change(
                Optional.empty(),
                begun.revised(now),
                List.of(event(EventType.STARTED, Session.STARTED, now)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A change that leaves one event, at the milestone that was reached. */
    Change of(Session before, Session after, EventType type, Instant now) {
        List<Event> events = List.of(event(type, after.currentStep(), now));
        return Change.of(before, next(after, events, now), events);
    }

    /** What was done to steps; it completes an open session where nothing is left and the flow says so. */
    Change ofSteps(Journey before, Session after, List<Event> events, Instant now) {
        Session session = before.session();
        Flow flow = before.flow();
        boolean completes = session.state() == SessionState.OPEN
                && flow.completes() == Completes.LAST_STEP
                && new Journey(after, flow).way().next().isEmpty();
        if (!completes) {
            return Change.of(session, next(after, events, now), events);
        }
        Session completed = after.with(after.standing().completedAt(now));
        List<Event> all = new ArrayList<>(events);
        all.add(event(EventType.COMPLETED, completed.currentStep(), now));
        return Change.of(session, next(completed, all, now), all).completing(completion(flow, completed, now));
    }

    /** A completion that the product calls for. */
    Change complete(Flow flow, Session session, Instant now) {
        Session after =
                session.with(session.standing().reached(Session.COMPLETED).completedAt(now));
        EventType type = session.completed() ? EventType.CONFIRMED : EventType.COMPLETED;
        return of(session, after, type, now).completing(completion(flow, after, now));
    }

    /** The session as its next revision, and as active now where an event shows that the person was there. */
    private static Session next(Session session, List<Event> events, Instant now) {
        Session revised = session.revised(now);
        return events.stream().map(Event::type).anyMatch(EventType::isActivity) ? revised.activeAt(now) : revised;
    }

    static Optional<Completion> completion(Flow flow, Session session, Instant at) {
        return session.userId().map(user -> new Completion(user, flow.id(), at, flow.onboarding()));
    }
}
