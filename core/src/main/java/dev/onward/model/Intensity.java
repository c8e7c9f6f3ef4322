package dev.onward.model;

import java.util.Locale;

/** How strongly a declaration is celebrated. */
public enum Intensity {
    /** A loss below 0.20. */
    HIGH,
    /** A loss below 0.50. */
    MEDIUM,
    /** Any other. */
    LOW;

    /** {@return the name in JSON} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
