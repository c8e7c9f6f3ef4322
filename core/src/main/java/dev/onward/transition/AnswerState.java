package dev.onward.transition;

import dev.onward.flow.Answer;
import dev.onward.flow.Answers;
import java.util.Optional;

/**
 * The answers of a session.
 *
 * @param answers to all steps; contains the answer to the declaration step only if it is more than the declaration
 * @param firstDeclaration the declaration
 * @param firstKBlockId the K-Block created from it
 */
public record AnswerState(Answers answers, Optional<String> firstDeclaration, Optional<String> firstKBlockId) {
    public static final AnswerState NONE = new AnswerState(Answers.none(), Optional.empty(), Optional.empty());

    public AnswerState with(Answers others) {
        return new AnswerState(others, firstDeclaration, firstKBlockId);
    }

    /**
     * A copy with an answer to the declaration step.
     *
     * @param answer an answer that contains a declaration
     */
    AnswerState declared(String step, Object answer, Optional<String> kblockId) {
        String text = Declaration.in(answer).orElseThrow();
        Answers others = answer.equals(Declaration.answer(text))
                ? answers.without(step)
                : answers.with(step, Answer.Submitted.of(answer));
        return new AnswerState(others, Optional.of(text), kblockId);
    }
}
