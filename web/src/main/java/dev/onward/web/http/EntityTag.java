package dev.onward.web.http;

/** The strong entity tag (ETag) of a session's revision. */
public final class EntityTag {
    private EntityTag() {}

    public static String of(long revision) {
        return "\"" + revision + "\"";
    }
}
