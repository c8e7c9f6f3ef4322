package dev.onward.flow;

import dev.onward.json.PlainValues;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a step: an answer, or that it was skipped. */
public sealed interface Answer {

    /**
     * An answer. Numbers are equal if their values are, whatever their types: {@code 5}, {@code 5L} and {@code 5.0} are
     * one answer.
     *
     * @param value a plain value: a map, a list, text, a number or a boolean
     * @param kblockId the K-Block that was created from it
     */
    record Submitted(Object value, Optional<String> kblockId) implements Answer {
        /** An answer from a caller. Its numbers get the types that they have when read from the database. */
        public static Submitted of(Object value) {
            return new Submitted(PlainValues.normalized(value), Optional.empty());
        }

        /** Whether both have the same value, whatever was created from it. */
        public boolean hasValueOf(Submitted other) {
            return value.equals(other.value)
                    || PlainValues.comparable(value).equals(PlainValues.comparable(other.value));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Submitted that && kblockId.equals(that.kblockId) && hasValueOf(that);
        }

        @Override
        public int hashCode() {
            return Objects.hash(PlainValues.comparable(value), kblockId);
        }
    }

    /** The step was skipped. */
    record Skipped() implements Answer {}
}
