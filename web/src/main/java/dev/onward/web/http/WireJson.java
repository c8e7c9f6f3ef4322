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

/** JSON as the API speaks it: names in snake_case, times as text, nothing left out. */
public final class WireJson {
    /** How deep a body may be nested. */
    public static final int DEEPEST = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // The same text as its own, without a formatter's work.
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private WireJson() {}

    public static byte[] write(Object view) {
        return MAPPER.writeValueAsBytes(view);
    }

    /** @throws tools.jackson.core.JacksonException where it is not JSON, says a name twice, or is too deep */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }
}
