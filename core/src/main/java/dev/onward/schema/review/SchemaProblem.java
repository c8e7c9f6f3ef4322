package dev.onward.schema.review;

/**
 * Why something may not serve as a schema.
 *
 * @param pointer where, as a JSON Pointer into the schema; empty for the schema itself
 * @param problem what is wrong and how to mend it, as the rest of a sentence
 */
public record SchemaProblem(String pointer, String problem) {}
