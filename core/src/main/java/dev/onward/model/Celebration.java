package dev.onward.model;

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
