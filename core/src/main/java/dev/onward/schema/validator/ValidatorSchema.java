package dev.onward.schema.validator;

import dev.onward.json.PlainValues;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a schema to an equivalent one that the validator handles exactly and fast. The library mishandles limits
 * that fit a {@code long} if the number does not, and tries the options of a choice one by one, but looks constants up.
 */
final class ValidatorSchema {
    private static final Set<String> LIMITS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    private static final Set<String> CONSTANTS = Set.of("const", "enum");

    /** Whether options may be merged: no reference counts them. */
    private final boolean merging;

    private ValidatorSchema(boolean merging) {
        this.merging = merging;
    }

    static Map<String, Object> of(Map<String, @Nullable Object> definition) {
        boolean merging = new SchemaTree(definition)
                .schemas().values().stream()
                        .map(schema -> String.valueOf(schema.get("$ref")))
                        .noneMatch(reference -> reference.contains("/anyOf/") || reference.contains("/oneOf/"));
        return new ValidatorSchema(merging).formOf(definition);
    }

    private Map<String, Object> formOf(Map<?, ?> schema) {
        Map<String, Object> exact = new LinkedHashMap<>();
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            exact.put(
                    keyword,
                    switch (SubschemaKind.of(keyword)) {
                        case SCHEMA -> schema(value);
                        case LIST_OF_SCHEMAS -> list(keyword, value);
                        case NAMED_SCHEMAS -> named(value);
                        case DATA -> data(keyword, value);
                    });
        });
        if (merging) {
            ConstantOptions.lift(exact);
        }
        return exact;
    }

    private @Nullable Object schema(@Nullable Object value) {
        return value instanceof Map<?, ?> schema ? formOf(schema) : value;
    }

    private @Nullable Object list(String keyword, @Nullable Object value) {
        if (!(value instanceof List<?> schemas)) {
            return value;
        }
        List<?> options = merging ? ConstantOptions.merged(keyword, schemas) : schemas;
        return options.stream().map(this::schema).toList();
    }

    private @Nullable Object named(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> schemas)) {
            return value;
        }
        Map<String, Object> exact = new LinkedHashMap<>();
        schemas.forEach((name, schema) -> exact.put(String.valueOf(name), schema(schema)));
        return exact;
    }

    /** Writes all numbers in one form, because the library compares numbers in maps and lists by their text. */
    private static @Nullable Object data(String keyword, @Nullable Object value) {
        if (value != null && CONSTANTS.contains(keyword)) {
            return PlainValues.comparable(value);
        }
        return LIMITS.contains(keyword) ? limit(value) : value;
    }

    private static @Nullable Object limit(@Nullable Object value) {
        return switch (value) {
            case Integer limit -> BigInteger.valueOf(limit);
            case Long limit -> BigInteger.valueOf(limit);
            case null, default -> value;
        };
    }
}
