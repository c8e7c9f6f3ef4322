package dev.onward.session;

/** What became of a {@link Writing}. */
public enum Written {
    /** It is on disk, once, however often it had to be tried. */
    DONE,
    /** A session no longer stands as it was read; nothing is written. */
    OVERTAKEN,
    /** The release by which it was to be moved is over; nothing is written. */
    RELEASE_OVER,
    /** The same request has been done by somebody else; nothing is written. */
    REPEATED
}
