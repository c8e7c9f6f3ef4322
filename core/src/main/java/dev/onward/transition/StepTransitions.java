package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Step;
import dev.onward.flow.VisibleSteps;
import dev.onward.kblock.KBlock;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingEvent.EventType;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.model.SessionView.SessionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Decides what an answer changes in a session. Pure except for new ids. */
final class StepTransitions {
    /** The maximum size of a session's answers as JSON, in bytes. */
    static final int MAX_ANSWERS_BYTES = 64 * 1024;

    private final SessionChangeFactory changes;

    StepTransitions(SessionChangeFactory changes) {
        this.changes = changes;
    }

    TransitionResult submit(Onboarding onboarding, String stepId, Object submitted, Instant now) {
        Answer.Submitted answer = Answer.Submitted.of(submitted);
        Object value = answer.value();
        return onReachable(onboarding, stepId, (step, visibleSteps) -> {
            Optional<Answer.Submitted> existing = visibleSteps.answers().submitted(step.id());
            boolean same = existing.filter(answer::hasValueOf).isPresent();
            if (same && (step.creates().isEmpty() || existing.get().kblockId().isPresent())) {
                return new TransitionResult.Unchanged();
            }
            if (existing.isPresent() && !same && !step.revisable()) {
                return new TransitionResult.Rejected(already(onboarding, step));
            }
            List<Violation> violations = AnswerValidator.violations(step, value);
            return violations.isEmpty()
                    ? answer(onboarding, step, value, now)
                    : new TransitionResult.Rejected(new OnboardingException.InvalidAnswer(violations));
        });
    }

    private TransitionResult answer(Onboarding onboarding, Step step, Object value, Instant now) {
        Optional<KBlock> kblock = step.creates().map(artefact -> kblock(onboarding, step, value, now));
        Answer.Submitted submitted = new Answer.Submitted(value, kblock.map(KBlock::id));
        Answers answers = onboarding.answers();
        if (answers.with(step.id(), submitted).size() > MAX_ANSWERS_BYTES) {
            return new TransitionResult.Rejected(new OnboardingException.AnswersTooLarge());
        }
        EventType type =
                answers.submitted(step.id()).isPresent() && step.revisable() ? EventType.REVISED : EventType.STEP_DONE;
        return changed(onboarding, onboarding.answerStateWith(step, submitted), step, type, kblock, now);
    }

    private KBlock kblock(Onboarding onboarding, Step step, Object value, Instant now) {
        String text = new Declaration(Declaration.in(value).orElseThrow()).text();
        Session session = onboarding.session();
        return onboarding.declares(step)
                ? KBlock.ofFirstDeclaration(changes.newId(), session.id(), session.userId(), text, now)
                : KBlock.ofDeclaration(changes.newId(), session.id(), session.userId(), text, now);
    }

    TransitionResult skip(Onboarding onboarding, String stepId, Instant now) {
        return onReachable(onboarding, stepId, (step, visibleSteps) -> {
            if (!step.optional()) {
                return new TransitionResult.Rejected(new ConflictException.StepRequired(onboarding.view(), step.id()));
            }
            Optional<Answer> existing = visibleSteps.answers().of(step.id());
            if (existing.isEmpty()) {
                return skip(onboarding, step, EventType.SKIPPED, now);
            }
            return switch (existing.get()) {
                case Answer.Skipped() -> new TransitionResult.Unchanged();
                case Answer.Submitted submitted ->
                    step.revisable()
                            ? skip(onboarding, step, EventType.REVISED, now)
                            : new TransitionResult.Rejected(already(onboarding, step));
            };
        });
    }

    private TransitionResult skip(Onboarding onboarding, Step step, EventType type, Instant now) {
        return changed(
                onboarding, onboarding.answerStateWith(step, new Answer.Skipped()), step, type, Optional.empty(), now);
    }

    /** The milestone does not change after the completion, or by a revised answer. */
    private TransitionResult changed(
            Onboarding before,
            AnswerState answerState,
            Step step,
            EventType type,
            Optional<KBlock> kblock,
            Instant now) {
        Session session = before.session();
        boolean moves = session.state() == SessionState.OPEN && type != EventType.REVISED;
        SessionProgress progress = moves ? session.progress().reached(step.id()) : session.progress();
        SessionChange change = changes.ofSteps(
                        before,
                        session.with(answerState).with(progress),
                        List.of(changes.event(type, step.id(), now)),
                        now)
                .making(kblock);
        return new TransitionResult.Changed(new Onboarding(change.after(), before.flow()), List.of(change));
    }

    private static TransitionResult onReachable(
            Onboarding onboarding, String stepId, BiFunction<Step, VisibleSteps, TransitionResult> then) {
        Optional<Step> step = onboarding.flow().step(stepId);
        if (step.isEmpty()) {
            return new TransitionResult.Rejected(new OnboardingException.StepNotFound(
                    Step.ids(onboarding.flow().steps())));
        }
        VisibleSteps visibleSteps = onboarding.visibleSteps();
        return visibleSteps.reachable(step.get())
                ? then.apply(step.get(), visibleSteps)
                : new TransitionResult.Rejected(new ConflictException.StepNotReachable(onboarding.view(), stepId));
    }

    private static OnboardingException already(Onboarding onboarding, Step step) {
        return onboarding.declares(step)
                ? new ConflictException.AlreadyDeclared(onboarding.view())
                : new ConflictException.AlreadyAnswered(onboarding.view(), step.id());
    }
}
