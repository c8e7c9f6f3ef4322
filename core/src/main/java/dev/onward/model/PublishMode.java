package dev.onward.model;

/** What to do with a flow definition. */
public enum PublishMode {
    /** New content becomes the next version, and current. Content that was published before changes nothing. */
    PUBLISH,
    /** As {@link #PUBLISH}, and content that was published before becomes current again. */
    MAKE_CURRENT,
    /** As {@link #PUBLISH}, but only if the flow has no published version yet. */
    IF_NONE
}
