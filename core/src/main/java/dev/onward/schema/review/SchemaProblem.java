package dev.onward.schema.review;

/**
 * A problem of a schema.
 *
 * @param pointer the position as a JSON Pointer into the schema; empty for the schema itself
 * @param problem the problem and its fix, as the rest of a sentence
 */
public record SchemaProblem(String pointer, String problem) {}
