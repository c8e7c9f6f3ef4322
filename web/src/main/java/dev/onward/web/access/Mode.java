package dev.onward.web.access;

import java.util.Locale;

/** Whom the server trusts. */
public enum Mode {
    /** Whoever reaches the server: a bare user id is taken as given. */
    LOCAL,
    /** Nobody: whoever names a user shows the operator's key. */
    PUBLIC;

    /** As it stands in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
