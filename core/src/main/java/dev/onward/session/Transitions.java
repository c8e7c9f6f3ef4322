package dev.onward.session;

import dev.onward.flow.Answer;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The only place that decides what may happen to a session. Pure but for new ids. */
final class Transitions {
    private final Changes changes;
    private final Steps steps;

    Transitions(Ids ids) {
        this.changes = new Changes(ids);
        this.steps = new Steps(changes);
    }

    /** A session that begins now, not written yet. */
    Change start(Flow flow, Optional<String> userId, Instant now) {
        return changes.begin(flow, userId, now);
    }

    Outcome apply(Journey journey, Action action, Instant now) {
        Flow flow = journey.flow();
        Session session = journey.session();
        SessionState state = session.state();
        return switch (action) {
            case Action.Declare(Declaration declaration) ->
                flow.declarationStep()
                        .map(step -> apply(journey, declared(journey, step, declaration.text()), now))
                        .orElseGet(() -> refused(new OnboardingException.NothingToDeclare(journey)));
            case Action.Submit(String step, Object answer) ->
                switch (state) {
                    case OPEN, FINISHED, COMPLETED -> steps.submit(journey, step, answer, now);
                    case DISMISSED -> refused(new OnboardingException.Dismissed(journey));
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Skip(String step) ->
                switch (state) {
                    case OPEN, FINISHED, COMPLETED -> steps.skip(journey, step, now);
                    case DISMISSED -> refused(new OnboardingException.Dismissed(journey));
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Dismiss() ->
                switch (state) {
                    case OPEN -> dismissed(journey, Optional.of(now), EventType.DISMISSED, now);
                    case DISMISSED -> new Outcome.Done();
                    case FINISHED, COMPLETED -> refused(new OnboardingException.AlreadyCompleted(journey));
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Reopen() ->
                switch (state) {
                    case OPEN -> new Outcome.Done();
                    case DISMISSED -> dismissed(journey, Optional.empty(), EventType.REOPENED, now);
                    case FINISHED, COMPLETED -> refused(new OnboardingException.AlreadyCompleted(journey));
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Restart(Flow current) ->
                switch (state) {
                    case OPEN, DISMISSED, FINISHED, COMPLETED -> restart(journey, current, now);
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Complete() ->
                switch (state) {
                    case OPEN, FINISHED -> complete(journey, now);
                    case COMPLETED -> new Outcome.Done();
                    case DISMISSED -> refused(new OnboardingException.Dismissed(journey));
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Claim claim ->
                switch (state) {
                    case OPEN, DISMISSED, FINISHED, COMPLETED -> claim(journey, claim, now);
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Migrate(Migration to) ->
                switch (state) {
                    case OPEN -> migrate(session, to, now);
                    case DISMISSED, FINISHED, COMPLETED -> new Outcome.Done();
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Replace(Flow by) ->
                switch (state) {
                    case OPEN -> restart(journey, by, now);
                    case DISMISSED, FINISHED, COMPLETED -> new Outcome.Done();
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
            case Action.Exit() ->
                switch (state) {
                    case OPEN -> dismissed(journey, Optional.of(now), EventType.EXITED, now);
                    case DISMISSED, FINISHED, COMPLETED -> new Outcome.Done();
                    case SUPERSEDED -> refused(new OnboardingException.Superseded(journey));
                };
        };
    }

    /** A declaration that stands may be part of an answer that says more. */
    private static Action declared(Journey journey, Step step, String text) {
        Object answer = journey.answers()
                .given(step.id())
                .map(Answer.Given::value)
                .filter(value -> Declaration.in(value).equals(Optional.of(text)))
                .orElseGet(() -> Declaration.answer(text));
        return new Action.Submit(step.id(), answer);
    }

    private Outcome dismissed(Journey journey, Optional<Instant> since, EventType type, Instant now) {
        Session session = journey.session();
        Session after = session.with(session.standing().dismissedAt(since));
        return changed(changes.of(session, after, type, now), journey.flow());
    }

    private Outcome complete(Journey journey, Instant now) {
        Session session = journey.session();
        List<Step> missing = journey.way().missing();
        if (!session.completed() && !missing.isEmpty() && !journey.flow().completesEarly()) {
            return refused(new OnboardingException.StepsMissing(journey, missing));
        }
        return changed(changes.complete(journey.flow(), session, now), journey.flow());
    }

    private Outcome restart(Journey journey, Flow current, Instant now) {
        Change begun = changes.beginAfter(journey.session(), current, now);
        return new Outcome.Changed(
                new Journey(begun.after(), current),
                List.of(superseded(journey.session(), begun.after().id(), now), begun));
    }

    private Outcome migrate(Session session, Migration to, Instant now) {
        Session after = session.on(to.flow().version())
                .with(to.work())
                .with(session.standing().reached(to.milestone()));
        Event event = changes.event(EventType.MIGRATED, to.milestone(), now);
        return changed(changes.ofSteps(new Journey(session, to.flow()), after, List.of(event), now), to.flow());
    }

    private Change superseded(Session session, String by, Instant now) {
        return changes.of(session, session.with(session.standing().supersededBy(by)), EventType.SUPERSEDED, now);
    }

    private Outcome claim(Journey source, Action.Claim claim, Instant now) {
        Optional<String> owner = source.session().userId();
        if (owner.isPresent()) {
            return owner.get().equals(claim.userId())
                    ? new Outcome.Done()
                    : refused(new OnboardingException.ClaimedByAnother(source));
        }
        if (claim.standing().isEmpty()) {
            Change claimed = claimed(source, claim, now);
            return new Outcome.Changed(
                    new Journey(claimed.after(), source.flow()),
                    List.of(claimed),
                    List.of(new Premise.NoneOpenOrCompleted(
                            claim.userId(), source.flow().id())));
        }
        Journey target = claim.standing().get();
        return switch (target.session().state()) {
            case OPEN ->
                claim.policy() == ClaimPolicy.FAIL
                        ? refused(new OnboardingException.UserHasOpenSession(source))
                        : beside(target, source, claim, now);
            case FINISHED, COMPLETED -> beside(target, source, claim, now);
            case SUPERSEDED -> targetStays(source, target, claim, now);
            case DISMISSED -> throw new IllegalArgumentException("a dismissed session is in nobody's way");
        };
    }

    private Outcome beside(Journey target, Journey source, Action.Claim claim, Instant now) {
        return switch (claim.policy()) {
            case FAIL, KEEP_TARGET -> targetStays(source, target, claim, now);
            case KEEP_FURTHEST ->
                Claims.isFurther(source, target)
                        ? sourceStays(source, target, claim, now)
                        : targetStays(source, target, claim, now);
            case MERGE_ANSWERS -> merged(source, target, claim, now);
        };
    }

    private Change claimed(Journey source, Action.Claim claim, Instant now) {
        Session session = source.session();
        Session after = session.of(claim.userId()).with(claim.secret());
        Change change = changes.of(session, after, EventType.CLAIMED, now);
        return session.completed()
                ? change.completing(Changes.completion(
                        source.flow(), after, session.completedAt().orElse(session.updatedAt())))
                : change;
    }

    /** The session that was claimed shows which one stands in its place, so it is closed to whoever has its id alone. */
    private Change claimedInto(Journey source, Journey target, Action.Claim claim, Instant now) {
        Session session = source.session();
        Session after = session.with(
                        session.standing().supersededBy(target.session().id()))
                .with(claim.secret());
        return changes.of(session, after, EventType.SUPERSEDED, now);
    }

    private Outcome targetStays(Journey source, Journey target, Action.Claim claim, Instant now) {
        return new Outcome.Changed(
                target,
                List.of(claimedInto(source, target, claim, now)),
                List.of(new Premise.Stands(target.session())));
    }

    private Outcome sourceStays(Journey source, Journey target, Action.Claim claim, Instant now) {
        Change claimed = claimed(source, claim, now);
        return new Outcome.Changed(
                new Journey(claimed.after(), source.flow()),
                List.of(superseded(target.session(), source.session().id(), now), claimed));
    }

    private Outcome merged(Journey source, Journey target, Action.Claim claim, Instant now) {
        Claims.Merged merged = Claims.merge(source, target);
        Session session = target.session();
        boolean moves = session.state() == SessionState.OPEN && !merged.merged().isEmpty();
        Standing standing =
                moves ? session.standing().reached(merged.merged().getLast().id()) : session.standing();
        List<Event> events = new ArrayList<>(List.of(changes.event(EventType.CLAIMED, standing.currentStep(), now)));
        for (Step step : merged.merged()) {
            boolean given = source.answers().given(step.id()).isPresent();
            events.add(changes.event(given ? EventType.STEP_DONE : EventType.SKIPPED, step.id(), now));
        }
        Change change = changes.ofSteps(target, session.with(merged.work()).with(standing), events, now)
                .takingOver(merged.kblocks());
        return new Outcome.Changed(
                new Journey(change.after(), target.flow()), List.of(change, claimedInto(source, target, claim, now)));
    }

    private static Outcome changed(Change change, Flow flow) {
        return new Outcome.Changed(new Journey(change.after(), flow), List.of(change));
    }

    private static Outcome refused(OnboardingException reason) {
        return new Outcome.Refused(reason);
    }
}
