package dev.onward.schema.validator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schema with all its subschemas, by JSON Pointer. The keyword above a value decides whether it is a schema. */
public final class SchemaTree {
    private final Map<String, Map<?, ?>> schemas = new LinkedHashMap<>();

    public SchemaTree(Map<String, @Nullable Object> root) {
        add("", root);
    }

    private void add(String at, Map<?, ?> schema) {
        schemas.put(at, schema);
        below(at, schema).forEach(this::add);
    }

    /** All schemas; {@code true} and {@code false} are empty ones. */
    public Map<String, Map<?, ?>> schemas() {
        return Collections.unmodifiableMap(schemas);
    }

    public Optional<Map<?, ?>> at(String pointer) {
        return Optional.ofNullable(schemas.get(pointer));
    }

    /** The direct subschemas of a schema. */
    public static Map<String, Map<?, ?>> below(String at, Map<?, ?> schema) {
        Map<String, Map<?, ?>> below = new LinkedHashMap<>();
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            String pointer = at + "/" + escaped(keyword);
            switch (SubschemaKind.of(keyword)) {
                case SCHEMA -> put(below, pointer, value);
                case LIST_OF_SCHEMAS -> {
                    if (value instanceof List<?> list) {
                        for (int i = 0; i < list.size(); i++) {
                            put(below, pointer + "/" + i, list.get(i));
                        }
                    }
                }
                case NAMED_SCHEMAS -> {
                    if (value instanceof Map<?, ?> named) {
                        named.forEach((name, one) -> put(below, pointer + "/" + escaped(String.valueOf(name)), one));
                    }
                }
                case DATA -> {}
            }
        });
        return below;
    }

    private static void put(Map<String, Map<?, ?>> below, String pointer, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> schema -> below.put(pointer, schema);
            case Boolean any -> below.put(pointer, Map.of());
            case null, default -> {}
        }
    }

    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
