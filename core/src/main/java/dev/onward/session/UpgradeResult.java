package dev.onward.session;

/** The result of moving a session to another version of its flow. */
public enum UpgradeResult {
    /** It was moved. */
    MOVED,
    /** It stays on its version, because an answer or milestone has no place in the other one. */
    INCOMPATIBLE,
    /** It is not open any more, or was moved before. */
    NOT_NEEDED,
    /** Others kept changing it: try again later. */
    CONTENDED,
    /** The release has ended and moves no more sessions. */
    RELEASE_ENDED
}
