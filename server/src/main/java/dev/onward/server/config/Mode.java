package dev.onward.server.config;

/** Whom the server trusts. */
public enum Mode {
    /** Whoever reaches the server: a bare user id is taken as given. */
    LOCAL,
    /** Nobody: whoever names a user shows the operator's key. */
    PUBLIC
}
