package dev.onward.flow;

import java.util.Optional;

/** What a person did with a step. */
public sealed interface Answer {

    /**
     * They answered.
     *
     * @param value a plain value: a map, a list, text, a number, a truth value
     * @param kblockId the K-Block that was made of it
     */
    record Given(Object value, Optional<String> kblockId) implements Answer {
        public static Given of(Object value) {
            return new Given(value, Optional.empty());
        }
    }

    /** They left the step out. */
    record Skipped() implements Answer {}
}
