package dev.onward.model;

import java.util.Locale;

/**
 * How a person's declaration is celebrated.
 *
 * @param color as {@code #rrggbb}
 */
public record Celebration(boolean confetti, String emoji, String message, String color, Intensity intensity) {

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
}
