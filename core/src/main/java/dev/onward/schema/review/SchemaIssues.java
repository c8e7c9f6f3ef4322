package dev.onward.schema.review;

import java.util.List;

/**
 * What a review of a schema found.
 *
 * @param problems why it may not serve
 * @param warnings what is likely a slip: the schema works, but hardly as it was meant
 */
public record SchemaIssues(List<SchemaProblem> problems, List<SchemaProblem> warnings) {}
