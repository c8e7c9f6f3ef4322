package dev.onward.jdbc;

import dev.onward.session.OnboardingException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What became of an attempt to serve several callers together. */
sealed interface BatchAttempt<O> {
    /** @param answers one for each, in their order */
    record Done<O>(List<O> answers) implements BatchAttempt<O> {}

    /** @param answers one for each, in their order; empty for one that was left out, for whom nothing has happened */
    record Partly<O>(List<Optional<O>> answers) implements BatchAttempt<O> {}

    /**
     * Nobody was served.
     *
     * @param reason if nobody foresaw it
     */
    record Failed<O>(Optional<Throwable> reason) implements BatchAttempt<O> {
        Failed() {
            this(Optional.empty());
        }
    }

    /**
     * Some were served, or all, or nobody.
     *
     * @param reason why that is not known
     */
    record Unknown<O>(Throwable reason) implements BatchAttempt<O> {}

    /** A failure that nobody foresaw and that no caller is told, for the log. */
    default Optional<Throwable> surprise() {
        return switch (this) {
            case Failed<O>(Optional<Throwable> reason) -> reason;
            case Unknown<O>(Throwable reason) ->
                reason instanceof SQLException || reason instanceof OnboardingException
                        ? Optional.empty()
                        : Optional.of(reason);
            case Done<O> _, Partly<O> _ -> Optional.empty();
        };
    }
}
