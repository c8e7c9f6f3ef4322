package dev.onward.schema.validator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Merges options of a choice that are titled constants into one option with an {@code enum}. */
final class ConstantOptions {
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");

    /** Keywords beside a constant that do not affect validation. */
    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "$comment", "default", "examples", "deprecated", "readOnly", "writeOnly");

    private ConstantOptions() {}

    /** Keeps the options if merging would change their meaning: a constant that appears twice. */
    static List<?> merged(String keyword, List<?> options) {
        List<Object> constants = new ArrayList<>();
        List<Object> merged = new ArrayList<>();
        for (Object option : options) {
            Optional<Object> constant = option instanceof Map<?, ?> schema ? constant(schema) : Optional.empty();
            if (constant.isEmpty()) {
                merged.add(option);
            } else if (constants.isEmpty()) {
                merged.add(Map.of("enum", constants));
            }
            constant.ifPresent(constants::add);
        }
        boolean distinct = new HashSet<>(constants).size() == constants.size();
        return CHOICES.contains(keyword) && constants.size() > 1 && distinct ? merged : options;
    }

    /** Replaces a choice of constants only with an {@code enum} of the schema itself, if it has none. */
    static void lift(Map<String, Object> schema) {
        for (String choice : CHOICES) {
            if (schema.get(choice) instanceof List<?> options
                    && options.size() == 1
                    && options.getFirst() instanceof Map<?, ?> option
                    && option.keySet().equals(Set.of("enum"))
                    && option.get("enum") instanceof List<?> constants) {
                if (schema.putIfAbsent("enum", constants) == null) {
                    schema.remove(choice);
                }
            }
        }
    }

    /** The only value that an option accepts; empty if it has other rules. Equal numbers are the same constant. */
    private static Optional<Object> constant(Map<?, ?> option) {
        boolean alone = option.keySet().stream().map(String::valueOf).allMatch(ConstantOptions::isConstantOrAnnotation);
        return switch (option.get("const")) {
            case Integer number when alone -> Optional.of(number.longValue());
            case Long number when alone -> Optional.of(number);
            case String text when alone -> Optional.of(text);
            case Boolean truth when alone -> Optional.of(truth);
            case null, default -> Optional.empty();
        };
    }

    private static boolean isConstantOrAnnotation(String keyword) {
        return keyword.equals("const") || ANNOTATIONS.contains(keyword) || keyword.startsWith("x-");
    }
}
