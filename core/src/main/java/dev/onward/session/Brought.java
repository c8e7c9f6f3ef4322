package dev.onward.session;

/** What became of a session that was to be brought to another version of its flow. */
public enum Brought {
    /** It was moved. */
    MOVED,
    /** It stays on its version: what was done in it has no place in the other one. */
    LEFT_BEHIND,
    /** There was nothing to do: it is not open any more, or there already, or somebody moves it at this moment. */
    PASSED_OVER
}
