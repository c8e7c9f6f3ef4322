package dev.onward.schema.violation;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.onward.schema.validator.SubschemaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The option of a failed choice ({@code anyOf} or {@code oneOf}) to which an error belongs.
 *
 * @param place the position of the choice
 * @param option the index of the option, from 0
 * @param end the length of the error's path up to this option
 */
record ChoiceOption(ChoicePlace place, int option, int end) {
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");

    /** Keywords whose subschemas apply to parts of the value. */
    private static final Set<String> TO_PARTS = Set.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "items",
            "prefixItems",
            "unevaluatedItems",
            "contains");

    /**
     * @param rule the position of the choice in the schema, as a path
     * @param value the value that it applies to, as a JSON Pointer
     */
    record ChoicePlace(String rule, String value) {}

    /** Whether an error says that no option matched. The errors of the options are more specific. */
    static boolean isMissed(Error error) {
        return "oneOf".equals(error.getKeyword()) && !isExceeded(error);
    }

    /** Whether more than one option matched; then the other options are not the problem. */
    static boolean isExceeded(Error error) {
        return "oneOf".equals(error.getKeyword()) && !"0".equals(String.valueOf(error.getArguments()[0]));
    }

    /** The choice of an error of {@code oneOf} itself. */
    static ChoicePlace placeOf(Error error) {
        return new ChoicePlace(
                error.getEvaluationPath().toString(),
                error.getInstanceLocation().toString());
    }

    /** All choices on the path of an error, outermost first. */
    static List<ChoiceOption> allOf(Error error) {
        List<ChoiceOption> all = new ArrayList<>();
        Optional<ChoiceOption> next = of(error, 0);
        while (next.isPresent()) {
            all.add(next.get());
            next = of(error, next.get().end());
        }
        return all;
    }

    /** The outermost choice in a part of an error's path. */
    static Optional<ChoiceOption> of(Error error, int from) {
        NodePath path = error.getEvaluationPath();
        int at = from;
        while (at + 1 < path.getNameCount()) {
            int next = at + width(path, at);
            if (CHOICES.contains(keyword(path, at)) && path.getElement(at + 1) instanceof Number option) {
                String rule = shortened(path, path.getNameCount() - at - 1).toString();
                String value = shortened(error.getInstanceLocation(), stepsToParts(path, next))
                        .toString();
                return Optional.of(new ChoiceOption(new ChoicePlace(rule, value), option.intValue(), next));
            }
            at = next;
        }
        return Optional.empty();
    }

    /** How many levels below the value the end of a path applies, seen from a position on the path. */
    private static int stepsToParts(NodePath path, int from) {
        int steps = 0;
        int at = from;
        while (at < path.getNameCount()) {
            int next = at + width(path, at);
            if (next < path.getNameCount() && TO_PARTS.contains(keyword(path, at))) {
                steps++;
            }
            at = next;
        }
        return steps;
    }

    /** A keyword with several schemas is followed by a name or an index. */
    private static int width(NodePath path, int at) {
        return switch (SubschemaKind.of(keyword(path, at))) {
            case LIST_OF_SCHEMAS, NAMED_SCHEMAS -> 2;
            case SCHEMA, DATA -> 1;
        };
    }

    private static String keyword(NodePath path, int at) {
        return String.valueOf(path.getElement(at));
    }

    private static NodePath shortened(NodePath path, int by) {
        NodePath shortened = path;
        for (int i = 0; i < by; i++) {
            shortened = shortened.getParent();
        }
        return shortened;
    }
}
