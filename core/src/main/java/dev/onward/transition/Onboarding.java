package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.flow.VisibleSteps;
import dev.onward.model.SessionView;
import java.util.Optional;

/** A session with its flow. */
public record Onboarding(Session session, Flow flow) {

    /** The session as the Java API returns it. */
    public SessionView view() {
        return SessionViews.of(this);
    }

    /** The answers to all steps, including the declaration. */
    public Answers answers() {
        Answers answers = session.answerState().answers();
        Optional<Step> step = flow.declarationStep();
        if (step.isEmpty() || session.firstDeclaration().isEmpty()) {
            return answers;
        }
        Object value = answers.submitted(step.get().id())
                .map(Answer.Submitted::value)
                .filter(answer -> Declaration.in(answer).equals(session.firstDeclaration()))
                .orElseGet(() -> Declaration.answer(session.firstDeclaration().get()));
        return answers.with(step.get().id(), new Answer.Submitted(value, session.firstKBlockId()));
    }

    /** The visible steps. */
    public VisibleSteps visibleSteps() {
        return flow.visibleSteps(answers());
    }

    /** The next step; empty if none is left. */
    public Optional<Step> next() {
        return session.completed() ? Optional.empty() : visibleSteps().next();
    }

    /** Whether a step's answer is the person's first declaration. */
    boolean declares(Step step) {
        return flow.declarationStep()
                .filter(first -> first.id().equals(step.id()))
                .isPresent();
    }

    /** The answers with another answer to a step. */
    AnswerState answerStateWith(Step step, Answer answer) {
        AnswerState answerState = session.answerState();
        return switch (answer) {
            case Answer.Submitted submitted
            when declares(step) -> answerState.declared(step.id(), submitted.value(), submitted.kblockId());
            case Answer.Submitted submitted ->
                answerState.with(answerState.answers().with(step.id(), submitted));
            case Answer.Skipped skipped ->
                answerState.with(answerState.answers().with(step.id(), skipped));
        };
    }

    public Onboarding with(Session changed) {
        return new Onboarding(changed, flow);
    }

    public Onboarding with(AnswerState answerState) {
        return new Onboarding(session.with(answerState), flow);
    }
}
