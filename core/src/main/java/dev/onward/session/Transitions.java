package dev.onward.session;

import dev.onward.flow.Completes;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.kblock.KBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The only place that decides what may happen to a session, and what it changes. Pure but for new ids. */
final class Transitions {
    private final Ids ids;

    Transitions(Ids ids) {
        this.ids = ids;
    }

    /** A session that begins now, not written yet. */
    Change start(Flow flow, Optional<String> userId, Instant now) {
        Session begun = Session.begin(ids.next(), userId, flow.id(), flow.version(), now);
        return new Change(
                Optional.empty(),
                begun.revised(now),
                List.of(event(EventType.STARTED, Session.STARTED, now)),
                Optional.empty(),
                Optional.empty());
    }

    Outcome apply(Flow flow, Session session, Action action, Instant now) {
        return switch (action) {
            case Action.Declare(Declaration declaration) -> declare(flow, session, declaration, now);
            case Action.Complete() ->
                switch (session.state()) {
                    case OPEN, FINISHED -> new Outcome.Changed(complete(flow, session, now));
                    case COMPLETED -> new Outcome.Done();
                };
        };
    }

    private Outcome declare(Flow flow, Session session, Declaration declaration, Instant now) {
        Optional<String> standing = session.firstDeclaration();
        if (standing.isPresent() && !standing.get().equals(declaration.text())) {
            return new Outcome.Refused(new OnboardingException.AlreadyDeclared(new Journey(session, flow)));
        }
        if (standing.isPresent() && session.firstKBlockId().isPresent()) {
            return new Outcome.Done();
        }
        Optional<Step> step = flow.declarationStep();
        if (step.isEmpty()) {
            return new Outcome.Refused(new OnboardingException.NothingToDeclare(new Journey(session, flow)));
        }
        return new Outcome.Changed(
                switch (session.state()) {
                    case OPEN -> declareOpen(flow, session, step.get(), declaration, now);
                    case FINISHED, COMPLETED -> declareLate(session, step.get(), declaration, now);
                });
    }

    private Change declareOpen(Flow flow, Session session, Step step, Declaration declaration, Instant now) {
        KBlock kblock = kblock(session, declaration, now);
        Session after = session.declared(declaration.text(), kblock.id()).reached(step.id());
        List<Event> events = new ArrayList<>(List.of(event(EventType.STEP_DONE, step.id(), now)));
        boolean completes =
                flow.completes() == Completes.LAST_STEP && flow.satisfiedBy(new Journey(after, flow).done());
        if (completes) {
            after = after.completedAt(now);
            events.add(event(EventType.COMPLETED, after.currentStep(), now));
        }
        return new Change(
                Optional.of(session),
                after.revised(now),
                events,
                Optional.of(kblock),
                completes ? completion(flow, after, now) : Optional.empty());
    }

    /** A declaration that comes after the completion changes neither the milestone nor the completion. */
    private Change declareLate(Session session, Step step, Declaration declaration, Instant now) {
        KBlock kblock = kblock(session, declaration, now);
        return new Change(
                Optional.of(session),
                session.declared(declaration.text(), kblock.id()).revised(now),
                List.of(event(EventType.STEP_DONE, step.id(), now)),
                Optional.of(kblock),
                Optional.empty());
    }

    private Change complete(Flow flow, Session session, Instant now) {
        Session after = session.reached(Session.COMPLETED).completedAt(now);
        EventType type = session.completed() ? EventType.CONFIRMED : EventType.COMPLETED;
        return new Change(
                Optional.of(session),
                after.revised(now),
                List.of(event(type, Session.COMPLETED, now)),
                Optional.empty(),
                completion(flow, after, now));
    }

    private KBlock kblock(Session session, Declaration declaration, Instant now) {
        return KBlock.ofFirstDeclaration(ids.next(), session.id(), session.userId(), declaration.text(), now);
    }

    private static Optional<Completion> completion(Flow flow, Session session, Instant now) {
        return session.userId().map(user -> new Completion(user, flow.id(), now, flow.onboarding()));
    }

    private Event event(EventType type, String step, Instant now) {
        return new Event(ids.next(), type, step, now);
    }
}
