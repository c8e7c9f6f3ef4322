package dev.onward.session;

/** What became of a session that was to be brought to another version of its flow. */
public enum UpgradeResult {
    /** It was moved. */
    MOVED,
    /** It stays on its version: what was done in it has no place in the other one. */
    INCOMPATIBLE,
    /** There was nothing to do: it is not open any more, or there already. */
    NOT_NEEDED,
    /** Others changed it again and again: it is to be tried once more later. */
    CONTENDED,
    /** The release is over, and moves nobody any more. */
    RELEASE_ENDED
}
