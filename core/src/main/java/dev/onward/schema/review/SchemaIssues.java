package dev.onward.schema.review;

import java.util.List;

/**
 * The result of reviewing a schema.
 *
 * @param problems why it cannot be used
 * @param warnings likely mistakes: the schema works, but probably not as intended
 */
public record SchemaIssues(List<SchemaProblem> problems, List<SchemaProblem> warnings) {}
