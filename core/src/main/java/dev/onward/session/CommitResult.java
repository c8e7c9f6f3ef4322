package dev.onward.session;

/** The result of writing a {@link UnitOfWork}. */
public enum CommitResult {
    /** It is committed exactly once, however many attempts were needed. */
    DONE,
    /** A session has changed since it was read; nothing is written. */
    CONFLICT,
    /** The release has ended; nothing is written. */
    RELEASE_ENDED,
    /** The same request was completed by another caller; nothing is written. */
    DUPLICATE
}
