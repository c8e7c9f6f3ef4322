package dev.onward.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plain values (maps, lists, text, numbers, booleans, null) as JSON text and back. Thread-safe.
 *
 * <p>Keeps the order of names and the exact values of numbers.
 */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static String write(@Nullable Object plain) {
        return MAPPER.writeValueAsString(plain);
    }

    /** @throws IllegalArgumentException if the text is not JSON */
    public static @Nullable Object read(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
