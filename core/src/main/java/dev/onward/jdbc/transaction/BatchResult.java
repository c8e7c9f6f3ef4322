package dev.onward.jdbc.transaction;

import dev.onward.model.OnboardingException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What became of an attempt to serve several callers together. */
public sealed interface BatchResult<O> {
    /** @param answers one for each, in their order */
    record AllDone<O>(List<O> answers) implements BatchResult<O> {}

    /** @param answers one for each, in their order; empty for one that was left out, for whom nothing has happened */
    record SomeDone<O>(List<Optional<O>> answers) implements BatchResult<O> {}

    /**
     * Nobody was served.
     *
     * @param reason if nobody foresaw it
     */
    record NoneDone<O>(Optional<Throwable> reason) implements BatchResult<O> {
        public NoneDone() {
            this(Optional.empty());
        }
    }

    /**
     * Some were served, or all, or nobody.
     *
     * @param reason why that is not known
     */
    record OutcomeLost<O>(Throwable reason) implements BatchResult<O> {}

    /** A failure that nobody foresaw and that no caller is told, for the log. */
    default Optional<Throwable> surprise() {
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

    /** @throws IllegalStateException if callers were answered, but not each of them once */
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
