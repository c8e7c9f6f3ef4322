package dev.onward.retention;

/**
 * A session that cleanup has found, and its place in the order in which it finds them.
 *
 * @param createdAt when it was created, as the database itself writes it: no digit is lost on the way
 */
public record AbandonedSession(String createdAt, String id) {
    /** The place before all of them. */
    public static final AbandonedSession BEFORE_ALL = new AbandonedSession("", "");
}
