package dev.onward.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.Optional;
import java.util.Set;

/**
 * The option to which an error belongs, of the outermost choice that an answer missed.
 *
 * @param rule where the choice stands, as a path
 * @param option which of its options, from 0
 * @param whole whether the error is about the very value that was to be chosen, not about a part of it
 */
record Choice(String rule, int option, boolean whole) {
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");

    /** What the error of a property says is about a part of the value. */
    private static final Set<String> OF_PARTS =
            Set.of("required", "additionalProperties", "unevaluatedProperties", "dependentRequired");

    static boolean isChoice(Error error) {
        return CHOICES.contains(String.valueOf(error.getKeyword()));
    }

    /** Whether more options than one were met: the others are not what is wrong. */
    static boolean isExceeded(Error error) {
        return "oneOf".equals(error.getKeyword()) && !"0".equals(String.valueOf(error.getArguments()[0]));
    }

    static Optional<Choice> of(Error error) {
        NodePath path = error.getEvaluationPath();
        for (int at = 0; at + 1 < path.getNameCount(); at++) {
            if (isOption(path, at)) {
                int option = ((Number) path.getElement(at + 1)).intValue();
                return Optional.of(new Choice(beginning(path, at + 1), option, isWhole(error, at + 2)));
            }
        }
        return Optional.empty();
    }

    private static String beginning(NodePath path, int length) {
        NodePath beginning = path;
        while (beginning.getNameCount() > length) {
            beginning = beginning.getParent();
        }
        return beginning.toString();
    }

    /** A property may have the name of a choice, but it has no number behind it. */
    private static boolean isOption(NodePath path, int at) {
        return CHOICES.contains(String.valueOf(path.getElement(at))) && path.getElement(at + 1) instanceof Number;
    }

    private static boolean isWhole(Error error, int from) {
        NodePath path = error.getEvaluationPath();
        int at = from;
        while (at < path.getNameCount() - 1) {
            if (path.getElement(at).equals("$ref")) {
                at++;
            } else if (isOption(path, at)) {
                at += 2;
            } else {
                return false;
            }
        }
        return !OF_PARTS.contains(String.valueOf(error.getKeyword()));
    }
}
