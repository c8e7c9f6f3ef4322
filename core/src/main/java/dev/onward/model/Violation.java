package dev.onward.model;

/**
 * One way in which an answer breaks its schema.
 *
 * @param pointer where, as a JSON Pointer into the answer; empty for the answer itself
 * @param problem what is wrong, as the rest of a sentence
 */
public record Violation(String pointer, String problem) {}
