package dev.onward.model;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A session's first declaration.
 *
 * @param session the session after the declaration
 * @param kblockId the K-Block that the declaration became
 * @param layer the K-Block's layer
 * @param loss how vague the declaration is: from 0.00 to 1.00, two decimal places
 * @param justification why, in the flow's words
 * @param celebration how it is celebrated
 */
public record FirstDeclaration(
        SessionView session,
        String kblockId,
        int layer,
        BigDecimal loss,
        String justification,
        Celebration celebration) {

    /**
     * How a person's declaration is celebrated.
     *
     * @param confetti whether confetti falls
     * @param emoji the flow's emoji
     * @param message the flow's words
     * @param color as {@code #rrggbb}
     * @param intensity the less vague the declaration, the stronger
     */
    public record Celebration(boolean confetti, String emoji, String message, String color, Intensity intensity) {}

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
