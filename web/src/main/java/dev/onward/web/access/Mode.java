package dev.onward.web.access;

import java.util.Locale;

/** Whom the server trusts. */
public enum Mode {
    /** Every caller: a user id needs no proof. */
    LOCAL,
    /** No caller: naming a user requires the operator's key. */
    PUBLIC;

    /** The value of the setting. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
