package dev.onward.flow;

import dev.onward.json.PlainValues;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person did with a step. */
public sealed interface Answer {

    /**
     * They answered. Numbers are equal if their values are, whatever their types: {@code 5}, {@code 5L} and {@code 5.0} are
     * one answer.
     *
     * @param value a plain value: a map, a list, text, a number, a truth value
     * @param kblockId the K-Block that was made of it
     */
    record Given(Object value, Optional<String> kblockId) implements Answer {
        /** An answer from a caller; numbers get the types that they have when they are read from the store. */
        public static Given of(Object value) {
            return new Given(PlainValues.normalized(value), Optional.empty());
        }

        /** Whether both hold the same value, whatever was made of it. */
        public boolean hasValueOf(Given other) {
            return value.equals(other.value)
                    || PlainValues.comparable(value).equals(PlainValues.comparable(other.value));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Given given && kblockId.equals(given.kblockId) && hasValueOf(given);
        }

        @Override
        public int hashCode() {
            return Objects.hash(PlainValues.comparable(value), kblockId);
        }
    }

    /** They left the step out. */
    record Skipped() implements Answer {}
}
