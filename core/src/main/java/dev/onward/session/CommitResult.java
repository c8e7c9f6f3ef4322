package dev.onward.session;

/** What became of a {@link UnitOfWork}. */
public enum CommitResult {
    /** It is on disk, once, however often it had to be tried. */
    DONE,
    /** A session no longer stands as it was read; nothing is written. */
    CONFLICT,
    /** The release by which it was to be moved is over; nothing is written. */
    RELEASE_ENDED,
    /** The same request has been done by somebody else; nothing is written. */
    DUPLICATE
}
