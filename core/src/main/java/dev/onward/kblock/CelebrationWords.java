package dev.onward.kblock;

/**
 * A flow's words for a celebration.
 *
 * @param justification the reason for the loss
 */
public record CelebrationWords(String emoji, String message, String justification) {
    /** The words of a flow without any. */
    public static final CelebrationWords NONE = new CelebrationWords("", "", "");
}
