package dev.onward;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Preconditions and idempotency options for a write. Immutable.
 *
 * @param expectedRevision the revision that the session must have; otherwise the call throws
 *     {@link dev.onward.model.ConflictException.StaleRevision}
 * @param idempotencyKey a repeat of the call with the same key and arguments, within 24 hours, returns the first call's
 *     result and changes nothing: use one UUID per logical operation
 */
public record WriteOptions(OptionalLong expectedRevision, Optional<String> idempotencyKey) {
    private static final WriteOptions NONE = new WriteOptions(OptionalLong.empty(), Optional.empty());

    /** {@return no precondition and no idempotency key} */
    public static WriteOptions none() {
        return NONE;
    }

    /**
     * Adds a precondition.
     *
     * @param revision the revision that the session must have
     * @return these options with it
     */
    public WriteOptions expectedRevision(long revision) {
        return new WriteOptions(OptionalLong.of(revision), idempotencyKey);
    }

    /**
     * Adds an idempotency key.
     *
     * @param key 1 to 255 characters
     * @return these options with it
     * @throws IllegalArgumentException if the key is empty or too long
     */
    public WriteOptions idempotencyKey(String key) {
        if (key.isEmpty() || key.length() > 255) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 characters");
        }
        return new WriteOptions(expectedRevision, Optional.of(key));
    }
}
