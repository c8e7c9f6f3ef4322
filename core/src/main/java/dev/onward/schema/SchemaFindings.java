package dev.onward.schema;

import java.util.List;

/**
 * What a review of a schema found.
 *
 * @param problems why it may not serve
 * @param warnings what is likely a slip: the schema works, but hardly as it was meant
 */
public record SchemaFindings(List<SchemaProblem> problems, List<SchemaProblem> warnings) {}
