package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import java.util.Optional;

/**
 * What a person did in a session.
 *
 * @param answers to all steps; that to the flow's declaration step only where it says more than the declaration
 * @param firstDeclaration what they declared
 * @param firstKBlockId what it became
 */
public record AnswerState(Answers answers, Optional<String> firstDeclaration, Optional<String> firstKBlockId) {
    public static final AnswerState NONE = new AnswerState(Answers.none(), Optional.empty(), Optional.empty());

    public AnswerState with(Answers others) {
        return new AnswerState(others, firstDeclaration, firstKBlockId);
    }

    /**
     * The same with the answer to the flow's declaration step.
     *
     * @param answer holds a declaration
     */
    AnswerState declared(String step, Object answer, Optional<String> kblockId) {
        String text = Declaration.in(answer).orElseThrow();
        Answers others = answer.equals(Declaration.answer(text))
                ? answers.without(step)
                : answers.with(step, Answer.Given.of(answer));
        return new AnswerState(others, Optional.of(text), kblockId);
    }
}
