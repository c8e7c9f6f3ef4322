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
 * What a schema comes to once its references are followed. One that leads back to itself would be followed for ever, and
 * one that is followed too often takes as long.
 */
final class SchemaSize {
    private static final long LARGEST = 10_000;
    private static final int MOST_REFERENCES = 32;

    private final SchemaTree tree;
    private final List<SchemaProblem> problems = new ArrayList<>();
    private final Map<String, Extent> extents = new HashMap<>();

    /** What is being measured now: whoever comes here again goes round in a circle. */
    private final Set<String> open = new HashSet<>();

    /** How many references lead to where we are. */
    private int following;

    /**
     * @param parts how many keywords and values
     * @param references how many references lead from one to the next
     */
    private record Extent(long parts, int references) {
        private static final Extent ONE = new Extent(1, 0);

        Extent and(Extent other) {
            return new Extent(Math.min(parts + other.parts, LARGEST + 1), Math.max(references, other.references));
        }

        Extent referred() {
            return new Extent(parts, references + 1);
        }
    }

    private SchemaSize(SchemaTree tree) {
        this.tree = tree;
    }

    /** @param tree whose references lead to schemas in it */
    static List<SchemaProblem> problems(SchemaTree tree) {
        return new SchemaSize(tree).problems();
    }

    private List<SchemaProblem> problems() {
        Extent whole = extent("");
        if (!problems.isEmpty()) {
            return problems;
        }
        if (whole.parts > LARGEST) {
            return List.of(new SchemaProblem(
                    "", "has more than " + LARGEST + " parts after resolving references: make it smaller"));
        }
        if (whole.references > MOST_REFERENCES) {
            return List.of(
                    new SchemaProblem("", "has more than " + MOST_REFERENCES + " nested references: make it flatter"));
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
        if (following == MOST_REFERENCES) {
            return Extent.ONE;
        }
        following++;
        Extent extent = extent(target);
        following--;
        return extent;
    }
}
