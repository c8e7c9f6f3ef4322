package dev.onward.definition;

import dev.onward.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A flow's definition as values. The same values become the same text in every run of Java: maps without an order of
 * their own, whose order changes from run to run, are sorted. Otherwise each start would publish another version.
 */
public final class DefinitionMap {
    /** Deeper than any definition; also ends a map that contains itself. */
    private static final int MAX_DEPTH = 64;

    private DefinitionMap() {}

    /** @throws IllegalArgumentException if it contains anything but maps, lists, strings, numbers and booleans */
    public static String json(Map<String, ?> definition) {
        return Json.write(value(definition, 0));
    }

    private static @Nullable Object value(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the definition is nested too deeply");
        }
        return switch (value) {
            case null -> null;
            case Map<?, ?> fields -> {
                Map<String, @Nullable Object> copy =
                        fields instanceof SequencedMap ? new LinkedHashMap<>() : new TreeMap<>();
                fields.forEach((name, field) -> copy.put(String.valueOf(name), value(field, depth + 1)));
                yield copy;
            }
            case List<?> items ->
                items.stream().map(item -> value(item, depth + 1)).toList();
            case String text -> text;
            case Number number -> number;
            case Boolean truth -> truth;
            default ->
                throw new IllegalArgumentException("a definition consists of maps, lists, strings, numbers and"
                        + " booleans, not " + value.getClass().getName());
        };
    }
}
