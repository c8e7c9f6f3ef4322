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
            exact.put(keyword, SchemaRules.DATA.contains(keyword) ? value : of(keyword, value));
        });
        return exact;
    }

    private static @Nullable Object of(String keyword, @Nullable Object value) {
        return switch (value) {
            case Integer limit when LIMITS.contains(keyword) -> BigInteger.valueOf(limit);
            case Long limit when LIMITS.contains(keyword) -> BigInteger.valueOf(limit);
            case Map<?, ?> named when SchemaRules.NAMED_SCHEMAS.contains(keyword) -> named(named);
            case Map<?, ?> schema -> of(schema);
            case List<?> schemas ->
                schemas.stream().map(schema -> of("", schema)).toList();
            case null, default -> value;
        };
    }

    private static Map<String, Object> named(Map<?, ?> schemas) {
        Map<String, Object> exact = new LinkedHashMap<>();
        schemas.forEach((name, schema) -> exact.put(String.valueOf(name), of("", schema)));
        return exact;
    }
}
