package dev.onward.kblock;

/**
 * What a flow says when something was declared.
 *
 * @param justification why the loss is what it is
 */
public record CelebrationWords(String emoji, String message, String justification) {
    /** Where a flow says nothing. */
    public static final CelebrationWords NONE = new CelebrationWords("", "", "");
}
