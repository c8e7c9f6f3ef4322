package dev.onward.model;

import java.util.Locale;

/** How strongly a declaration is celebrated. */
public enum Intensity {
    HIGH,
    MEDIUM,
    LOW;

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
