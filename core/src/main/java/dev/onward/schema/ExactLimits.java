package dev.onward.schema;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the validator the limits of whole numbers in a form in which it compares exactly: with a limit that fits a
 * {@code long} it fails over numbers that do not.
 */
final class ExactLimits {
    private static final Set<String> LIMITS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    private ExactLimits() {}

    static Map<String, Object> of(Map<?, ?> schema) {
        Map<String, Object> exact = new LinkedHashMap<>();
        schema.forEach((key, value) -> {
            String keyword = String.valueOf(key);
            exact.put(
                    keyword,
                    switch (Holds.of(keyword)) {
                        case SCHEMA -> schema(value);
                        case LIST_OF_SCHEMAS -> list(value);
                        case NAMED_SCHEMAS -> named(value);
                        case DATA -> LIMITS.contains(keyword) ? limit(value) : value;
                    });
        });
        return exact;
    }

    private static @Nullable Object schema(@Nullable Object value) {
        return value instanceof Map<?, ?> schema ? of(schema) : value;
    }

    private static @Nullable Object list(@Nullable Object value) {
        return value instanceof List<?> schemas
                ? schemas.stream().map(ExactLimits::schema).toList()
                : value;
    }

    private static @Nullable Object named(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> schemas)) {
            return value;
        }
        Map<String, Object> exact = new LinkedHashMap<>();
        schemas.forEach((name, schema) -> exact.put(String.valueOf(name), schema(schema)));
        return exact;
    }

    private static @Nullable Object limit(@Nullable Object value) {
        return switch (value) {
            case Integer limit -> BigInteger.valueOf(limit);
            case Long limit -> BigInteger.valueOf(limit);
            case null, default -> value;
        };
    }
}
