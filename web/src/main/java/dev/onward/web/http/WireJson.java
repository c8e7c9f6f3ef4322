package dev.onward.web.http;

import java.time.Instant;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** JSON as in the API: names in snake_case, times as text, no fields omitted. */
public final class WireJson {
    /** The maximum nesting of a body. */
    public static final int MAX_DEPTH = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // The same text as from a formatter, and faster.
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private WireJson() {}

    public static byte[] write(Object view) {
        return MAPPER.writeValueAsBytes(view);
    }

    /** @throws tools.jackson.core.JacksonException if it is not JSON, repeats a name, or is nested too deeply */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }
}
