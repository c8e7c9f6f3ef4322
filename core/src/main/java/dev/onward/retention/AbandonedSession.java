package dev.onward.retention;

/**
 * An abandoned session, and its position in the order of the search.
 *
 * @param createdAt its creation time in the database's own format, so that no digit is lost
 */
public record AbandonedSession(String createdAt, String id) {
    /** The position before all sessions. */
    public static final AbandonedSession BEFORE_ALL = new AbandonedSession("", "");
}
