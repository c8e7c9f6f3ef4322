package dev.onward.kblock;

/**
 * How a person's declaration is celebrated.
 *
 * @param color as {@code #rrggbb}
 */
public record Celebration(boolean confetti, String emoji, String message, String color, Intensity intensity) {

    /** The celebration of a declaration with this loss, in the flow's words. */
    public static Celebration of(Loss loss, CelebrationWords words) {
        return new Celebration(true, words.emoji(), words.message(), loss.color(), loss.intensity());
    }
}
