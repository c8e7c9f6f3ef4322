package dev.onward.session;

/** What became of a session that was to be brought to another version of its flow. */
public enum Brought {
    /** It was moved. */
    MOVED,
    /** It stays on its version: what was done in it has no place in the other one. */
    LEFT_BEHIND,
    /** There was nothing to do: it is not open any more, or there already. */
    PASSED_OVER,
    /** Others changed it again and again: it is to be tried once more later. */
    HELD_UP,
    /** The release is over, and moves nobody any more. */
    TOO_LATE
}
