package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingEvent.EventType;
import dev.onward.model.OnboardingException;
import dev.onward.model.SessionView.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which actions on a session are legal, and what they change. Pure except for new ids. */
public final class Transitions {
    private final SessionChangeFactory changes;
    private final StepTransitions steps;

    public Transitions(IdGenerator ids) {
        this.changes = new SessionChangeFactory(ids);
        this.steps = new StepTransitions(changes);
    }

    /**
     * A new session that is not stored yet.
     *
     * @param secret what it requires besides its id; empty if the id is enough
     */
    public SessionChange start(Flow flow, Optional<String> userId, Optional<ClaimSecret> secret, Instant now) {
        return changes.begin(flow, userId, secret, now);
    }

    public TransitionResult apply(Onboarding onboarding, SessionAction action, Instant now) {
        Flow flow = onboarding.flow();
        Session session = onboarding.session();
        SessionState state = session.state();
        return switch (action) {
            case SessionAction.Declare(Declaration declaration) ->
                flow.declarationStep()
                        .map(step -> apply(onboarding, declared(onboarding, step, declaration.text()), now))
                        .orElseGet(() -> rejected(new ConflictException.NoDeclarationStep(onboarding.view())));
            case SessionAction.Submit(String step, Object answer) ->
                switch (state) {
                    case OPEN, FINISHED, COMPLETED -> steps.submit(onboarding, step, answer, now);
                    case DISMISSED -> rejected(new ConflictException.Dismissed(onboarding.view()));
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.Skip(String step) ->
                switch (state) {
                    case OPEN, FINISHED, COMPLETED -> steps.skip(onboarding, step, now);
                    case DISMISSED -> rejected(new ConflictException.Dismissed(onboarding.view()));
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.Dismiss() ->
                switch (state) {
                    case OPEN -> dismissed(onboarding, Optional.of(now), EventType.DISMISSED, now);
                    case DISMISSED -> new TransitionResult.Unchanged();
                    case FINISHED, COMPLETED -> rejected(new ConflictException.AlreadyCompleted(onboarding.view()));
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.Reopen() ->
                switch (state) {
                    case OPEN -> new TransitionResult.Unchanged();
                    case DISMISSED -> dismissed(onboarding, Optional.empty(), EventType.REOPENED, now);
                    case FINISHED, COMPLETED -> rejected(new ConflictException.AlreadyCompleted(onboarding.view()));
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.RestartSession(Flow current) ->
                switch (state) {
                    case OPEN, DISMISSED, FINISHED, COMPLETED -> restart(onboarding, current, now);
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.Complete() ->
                switch (state) {
                    case OPEN, FINISHED -> complete(onboarding, now);
                    case COMPLETED -> new TransitionResult.Unchanged();
                    case DISMISSED -> rejected(new ConflictException.Dismissed(onboarding.view()));
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.Claim claim ->
                switch (state) {
                    case OPEN, DISMISSED, FINISHED, COMPLETED -> claim(onboarding, claim, now);
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.UpgradeVersion(VersionUpgrade to) ->
                switch (state) {
                    case OPEN -> migrate(session, to, now);
                    case DISMISSED, FINISHED, COMPLETED -> new TransitionResult.Unchanged();
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.Replace(Flow by) ->
                switch (state) {
                    case OPEN -> restart(onboarding, by, now);
                    case DISMISSED, FINISHED, COMPLETED -> new TransitionResult.Unchanged();
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
            case SessionAction.ExitSession() ->
                switch (state) {
                    case OPEN -> dismissed(onboarding, Optional.of(now), EventType.EXITED, now);
                    case DISMISSED, FINISHED, COMPLETED -> new TransitionResult.Unchanged();
                    case SUPERSEDED -> rejected(new ConflictException.Superseded(onboarding.view()));
                };
        };
    }

    /** A repeated declaration may be part of a larger answer. */
    private static SessionAction declared(Onboarding onboarding, Step step, String text) {
        Object answer = onboarding
                .answers()
                .submitted(step.id())
                .map(Answer.Submitted::value)
                .filter(value -> Declaration.in(value).equals(Optional.of(text)))
                .orElseGet(() -> Declaration.answer(text));
        return new SessionAction.Submit(step.id(), answer);
    }

    private TransitionResult dismissed(Onboarding onboarding, Optional<Instant> since, EventType type, Instant now) {
        Session session = onboarding.session();
        Session after = session.with(session.progress().dismissedAt(since));
        return changed(changes.of(session, after, type, now), onboarding.flow());
    }

    private TransitionResult complete(Onboarding onboarding, Instant now) {
        Session session = onboarding.session();
        List<Step> missing = onboarding.visibleSteps().missing();
        if (!session.completed() && !missing.isEmpty() && !onboarding.flow().completesEarly()) {
            return rejected(new ConflictException.StepsMissing(onboarding.view(), Step.ids(missing)));
        }
        return changed(changes.complete(onboarding.flow(), session, now), onboarding.flow());
    }

    private TransitionResult restart(Onboarding onboarding, Flow current, Instant now) {
        SessionChange start = changes.beginAfter(onboarding.session(), current, now);
        return new TransitionResult.Changed(
                new Onboarding(start.after(), current),
                List.of(superseded(onboarding.session(), start.after().id(), now), start));
    }

    private TransitionResult migrate(Session session, VersionUpgrade to, Instant now) {
        Session after = session.on(to.flow().version())
                .with(to.answerState())
                .with(session.progress().reached(to.milestone()));
        SessionEvent event = changes.event(EventType.MIGRATED, to.milestone(), now);
        return changed(changes.ofSteps(new Onboarding(session, to.flow()), after, List.of(event), now), to.flow());
    }

    private SessionChange superseded(Session session, String by, Instant now) {
        return changes.of(session, session.with(session.progress().supersededBy(by)), EventType.SUPERSEDED, now);
    }

    private TransitionResult claim(Onboarding source, SessionAction.Claim claim, Instant now) {
        Optional<String> owner = source.session().userId();
        if (owner.isPresent()) {
            return owner.get().equals(claim.userId())
                    ? new TransitionResult.Unchanged()
                    : rejected(new ConflictException.ClaimedByAnotherUser(source.view()));
        }
        if (claim.ownSession().isEmpty()) {
            SessionChange claimed = claimed(source, claim, now);
            return new TransitionResult.Changed(
                    new Onboarding(claimed.after(), source.flow()),
                    List.of(claimed),
                    List.of(new Precondition.NoOpenOrCompletedSession(
                            claim.userId(), source.flow().id())));
        }
        Onboarding target = claim.ownSession().get();
        return switch (target.session().state()) {
            case OPEN ->
                claim.policy() == ClaimPolicy.FAIL
                        ? rejected(new ConflictException.UserHasOpenSession(source.view()))
                        : beside(target, source, claim, now);
            case FINISHED, COMPLETED -> beside(target, source, claim, now);
            case SUPERSEDED -> targetStays(source, target, claim, now);
            case DISMISSED -> throw new IllegalArgumentException("a dismissed session is in nobody's way");
        };
    }

    private TransitionResult beside(Onboarding target, Onboarding source, SessionAction.Claim claim, Instant now) {
        return switch (claim.policy()) {
            case FAIL, KEEP_TARGET -> targetStays(source, target, claim, now);
            case KEEP_FURTHEST ->
                ClaimMerge.isFurther(source, target)
                        ? sourceStays(source, target, claim, now)
                        : targetStays(source, target, claim, now);
            case MERGE_ANSWERS -> merged(source, target, claim, now);
        };
    }

    private SessionChange claimed(Onboarding source, SessionAction.Claim claim, Instant now) {
        Session session = source.session();
        Session after = session.of(claim.userId()).with(claim.secret());
        SessionChange change = changes.of(session, after, EventType.CLAIMED, now);
        return session.completed()
                ? change.completing(SessionChangeFactory.completion(
                        source.flow(), after, session.completedAt().orElse(session.updatedAt())))
                : change;
    }

    /** The claimed session shows which one replaces it, so it is closed to callers who know its id only. */
    private SessionChange claimedInto(Onboarding source, Onboarding target, SessionAction.Claim claim, Instant now) {
        Session session = source.session();
        Session after = session.with(
                        session.progress().supersededBy(target.session().id()))
                .with(claim.secret());
        return changes.of(session, after, EventType.SUPERSEDED, now);
    }

    private TransitionResult targetStays(Onboarding source, Onboarding target, SessionAction.Claim claim, Instant now) {
        return new TransitionResult.Changed(
                target,
                List.of(claimedInto(source, target, claim, now)),
                List.of(new Precondition.SessionUnmodified(target.session())));
    }

    private TransitionResult sourceStays(Onboarding source, Onboarding target, SessionAction.Claim claim, Instant now) {
        SessionChange claimed = claimed(source, claim, now);
        return new TransitionResult.Changed(
                new Onboarding(claimed.after(), source.flow()),
                List.of(superseded(target.session(), source.session().id(), now), claimed));
    }

    private TransitionResult merged(Onboarding source, Onboarding target, SessionAction.Claim claim, Instant now) {
        ClaimMerge.MergeResult merged = ClaimMerge.merge(source, target);
        Session session = target.session();
        boolean moves = session.state() == SessionState.OPEN && !merged.merged().isEmpty();
        SessionProgress progress =
                moves ? session.progress().reached(merged.merged().getLast().id()) : session.progress();
        List<SessionEvent> events =
                new ArrayList<>(List.of(changes.event(EventType.CLAIMED, progress.currentStep(), now)));
        for (Step step : merged.merged()) {
            boolean submitted = source.answers().submitted(step.id()).isPresent();
            events.add(changes.event(submitted ? EventType.STEP_DONE : EventType.SKIPPED, step.id(), now));
        }
        SessionChange change = changes.ofSteps(
                        target, session.with(merged.answerState()).with(progress), events, now)
                .moving(merged.kblocks());
        return new TransitionResult.Changed(
                new Onboarding(change.after(), target.flow()),
                List.of(change, claimedInto(source, target, claim, now)));
    }

    private static TransitionResult changed(SessionChange change, Flow flow) {
        return new TransitionResult.Changed(new Onboarding(change.after(), flow), List.of(change));
    }

    private static TransitionResult rejected(OnboardingException reason) {
        return new TransitionResult.Rejected(reason);
    }
}
