package dev.onward.model;

import java.util.Locale;

/**
 * How a person's declaration is celebrated.
 *
 * @param confetti whether confetti falls
 * @param emoji the flow's emoji
 * @param message the flow's words
 * @param color as {@code #rrggbb}
 * @param intensity the less vague the declaration, the stronger
 */
public record Celebration(boolean confetti, String emoji, String message, String color, Intensity intensity) {

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
}
