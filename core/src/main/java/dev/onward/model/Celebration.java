package dev.onward.model;

/**
 * How a person's declaration is celebrated.
 *
 * @param color as {@code #rrggbb}
 */
public record Celebration(boolean confetti, String emoji, String message, String color, Intensity intensity) {}
