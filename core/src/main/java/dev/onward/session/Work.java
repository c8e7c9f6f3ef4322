package dev.onward.session;

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
public record Work(Answers answers, Optional<String> firstDeclaration, Optional<String> firstKBlockId) {
    static final Work NONE = new Work(Answers.none(), Optional.empty(), Optional.empty());

    Work with(Answers others) {
        return new Work(others, firstDeclaration, firstKBlockId);
    }

    /**
     * The same with the answer to the flow's declaration step.
     *
     * @param answer holds a declaration
     */
    Work declared(String step, Object answer, Optional<String> kblockId) {
        String text = Declaration.in(answer).orElseThrow();
        Answers others = answer.equals(Declaration.answer(text))
                ? answers.without(step)
                : answers.with(step, Answer.Given.of(answer));
        return new Work(others, Optional.of(text), kblockId);
    }
}
