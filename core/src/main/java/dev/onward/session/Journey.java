package dev.onward.session;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import dev.onward.flow.Flow;
import dev.onward.flow.Step;
import dev.onward.flow.Way;
import java.util.Optional;

/** A session beside its flow: how far it came and where to go on. */
public record Journey(Session session, Flow flow) {

    /** The answers to all steps, the declaration among them. */
    public Answers answers() {
        Answers kept = session.work().answers();
        Optional<Step> step = flow.declarationStep();
        if (step.isEmpty() || session.firstDeclaration().isEmpty()) {
            return kept;
        }
        Object value = kept.given(step.get().id())
                .map(Answer.Given::value)
                .filter(answer -> Declaration.in(answer).equals(session.firstDeclaration()))
                .orElseGet(() -> Declaration.answer(session.firstDeclaration().get()));
        return kept.with(step.get().id(), new Answer.Given(value, session.firstKBlockId()));
    }

    /** The way on which the answers lead. */
    public Way way() {
        return flow.way(answers());
    }

    /** The step to do next; empty when nothing is left. */
    public Optional<Step> next() {
        return session.completed() ? Optional.empty() : way().next();
    }

    /** Whether a step is the one whose answer is the person's first declaration. */
    boolean declares(Step step) {
        return flow.declarationStep()
                .filter(first -> first.id().equals(step.id()))
                .isPresent();
    }

    /** What the person did, with another answer to a step. */
    Work workWith(Step step, Answer answer) {
        Work work = session.work();
        return switch (answer) {
            case Answer.Given given when declares(step) -> work.declared(step.id(), given.value(), given.kblockId());
            case Answer.Given given -> work.with(work.answers().with(step.id(), given));
            case Answer.Skipped skipped -> work.with(work.answers().with(step.id(), skipped));
        };
    }

    Journey with(Work work) {
        return new Journey(session.with(work), flow);
    }
}
