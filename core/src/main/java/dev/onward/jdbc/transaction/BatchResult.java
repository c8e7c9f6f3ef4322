package dev.onward.jdbc.transaction;

import dev.onward.model.OnboardingException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The result of an attempt to execute several calls in one transaction. */
public sealed interface BatchResult<O> {
    /** @param answers one for each call, in order */
    record AllDone<O>(List<O> answers) implements BatchResult<O> {}

    /** @param answers one for each call, in order; empty for a call that was left out and has changed nothing */
    record SomeDone<O>(List<Optional<O>> answers) implements BatchResult<O> {}

    /**
     * No call was executed.
     *
     * @param reason the failure, if it was unexpected
     */
    record NoneDone<O>(Optional<Throwable> reason) implements BatchResult<O> {
        public NoneDone() {
            this(Optional.empty());
        }
    }

    /**
     * Any number of the calls may have been executed.
     *
     * @param reason why that is unknown
     */
    record OutcomeLost<O>(Throwable reason) implements BatchResult<O> {}

    /** An unexpected failure that no caller receives, for the log. */
    default Optional<Throwable> unexpectedFailure() {
        return switch (this) {
            case NoneDone<O>(Optional<Throwable> reason) -> reason;
            case OutcomeLost<O>(Throwable reason) ->
                reason instanceof SQLException || reason instanceof OnboardingException
                        ? Optional.empty()
                        : Optional.of(reason);
            case AllDone<O> all -> Optional.empty();
            case SomeDone<O> some -> Optional.empty();
        };
    }

    /** @throws IllegalStateException if there are answers, but not exactly one for each caller */
    default void requireOneAnswerFor(int callers) {
        int answers = switch (this) {
            case AllDone<O> all -> all.answers().size();
            case SomeDone<O> some -> some.answers().size();
            case NoneDone<O> none -> callers;
            case OutcomeLost<O> lost -> callers;
        };
        if (answers != callers) {
            throw new IllegalStateException(answers + " answers for " + callers + " calls");
        }
    }
}
