package dev.onward.schema.review;

import dev.onward.schema.validator.SchemaTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The size of a schema after following its references. A circular reference would be followed forever; one that is
 * followed very often takes as long.
 */
final class SchemaSize {
    private static final long MAX_PARTS = 10_000;
    private static final int MAX_REFERENCES = 32;

    private final SchemaTree tree;
    private final List<SchemaProblem> problems = new ArrayList<>();
    private final Map<String, Extent> extents = new HashMap<>();

    /** The schemas that are being measured now; meeting one again means a circular reference. */
    private final Set<String> open = new HashSet<>();

    /** The number of references that lead to the current schema. */
    private int following;

    /**
     * @param parts the number of keywords and values
     * @param references the number of nested references
     */
    private record Extent(long parts, int references) {
        private static final Extent ONE = new Extent(1, 0);

        Extent and(Extent other) {
            return new Extent(Math.min(parts + other.parts, MAX_PARTS + 1), Math.max(references, other.references));
        }

        Extent referred() {
            return new Extent(parts, references + 1);
        }
    }

    private SchemaSize(SchemaTree tree) {
        this.tree = tree;
    }

    /** @param tree a schema whose references are valid */
    static List<SchemaProblem> problems(SchemaTree tree) {
        return new SchemaSize(tree).problems();
    }

    private List<SchemaProblem> problems() {
        Extent whole = extent("");
        if (!problems.isEmpty()) {
            return problems;
        }
        if (whole.parts > MAX_PARTS) {
            return List.of(new SchemaProblem(
                    "", "has more than " + MAX_PARTS + " parts after resolving references: make it smaller"));
        }
        if (whole.references > MAX_REFERENCES) {
            return List.of(
                    new SchemaProblem("", "has more than " + MAX_REFERENCES + " nested references: make it flatter"));
        }
        return List.of();
    }

    private Extent extent(String at) {
        Extent known = extents.get(at);
        if (known != null) {
            return known;
        }
        open.add(at);
        Map<?, ?> schema = tree.at(at).orElse(Map.of());
        Extent extent = Extent.ONE;
        for (Map.Entry<?, ?> entry : schema.entrySet()) {
            extent = extent.and(keyword(at, String.valueOf(entry.getKey()), entry.getValue()));
        }
        for (String below : SchemaTree.below(at, schema).keySet()) {
            extent = extent.and(extent(below));
        }
        open.remove(at);
        extents.put(at, extent);
        return extent;
    }

    private Extent keyword(String at, String keyword, @Nullable Object value) {
        if (keyword.equals("$ref") && value instanceof String reference) {
            return follow(at, reference).referred();
        }
        return value instanceof List<?> values ? new Extent(1L + values.size(), 0) : Extent.ONE;
    }

    private Extent follow(String at, String reference) {
        String target = reference.substring(1);
        if (open.contains(target)) {
            problems.add(new SchemaProblem(at + "/$ref", "is circular: " + reference + ". Remove one of them"));
            return Extent.ONE;
        }
        if (following == MAX_REFERENCES) {
            return Extent.ONE;
        }
        following++;
        Extent extent = extent(target);
        following--;
        return extent;
    }
}
