package dev.onward.schema.validator;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;
import dev.onward.json.Json;
import dev.onward.json.PlainValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema library, configured so that no schema can do harm. */
public final class Validators {
    private static final String META_SCHEMA = Dialects.getDraft202012().getId();

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(LinearPattern::compile)
            .locale(Locale.ROOT)
            .build();

    /** Unknown keywords have no effect and are not logged. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .formats(formats -> {
                formats.clear();
                formats.putAll(StandardFormats.all());
            })
            .unknownKeywordFactory((keyword, context) -> new AnnotationKeyword(keyword))
            .build();

    /** Blocks every address except the dialect's own: no network, no files, no class path. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            DIALECT,
            registry -> registry.schemaRegistryConfig(CONFIG)
                    .schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(
                            address -> !address.toString().startsWith("https://json-schema.org/draft/2020-12/"))));

    /** The maximum number of steps to find that a value is valid. Typical answers need far fewer. */
    private static final long MAX_STEPS = 500_000;

    /** Fewer steps, because each may produce an error, and all errors must fit into memory. */
    private static final long MAX_STEPS_TO_ALL_ERRORS = 100_000;

    /** The maximum depth. Schemas within the limits need less, and every thread's stack allows it. */
    private static final int MAX_DEPTH = 500;

    private Validators() {}

    /**
     * The violations of a value; only the first ones found if finding all would take too long. It always terminates.
     *
     * @throws ValidationLimitExceededException if it would take too long to tell whether the value is valid
     */
    public static List<Error> errors(Schema schema, Object plain) {
        JsonNode value = Json.MAPPER.valueToTree(PlainValues.comparable(plain));
        List<Error> first = errors(schema, value, MAX_STEPS, true);
        if (first.isEmpty()) {
            return first;
        }
        try {
            return errors(schema, value, MAX_STEPS_TO_ALL_ERRORS, false);
        } catch (ValidationLimitExceededException e) {
            return first;
        }
    }

    private static List<Error> errors(Schema schema, JsonNode value, long maxSteps, boolean firstOnly) {
        return schema.validate(
                value,
                execution -> execution.executionConfig(config ->
                        config.failFast(firstOnly).maxEvaluationSteps(maxSteps).maxEvaluationDepth(MAX_DEPTH)));
    }

    public static Schema compile(Map<String, @Nullable Object> definition) {
        return REGISTRY.getSchema(Json.MAPPER.valueToTree(ValidatorSchema.of(definition)));
    }

    /** The errors of a definition that is no JSON Schema 2020-12. */
    public static List<Error> againstMetaSchema(Map<String, @Nullable Object> definition) {
        return REGISTRY.getSchema(SchemaLocation.of(META_SCHEMA)).validate(Json.MAPPER.valueToTree(definition));
    }

    /** Why a schema cannot be used although it is valid; empty if it can. */
    public static Optional<String> problemOf(Map<String, @Nullable Object> definition) {
        try {
            compile(definition).validate("{}", InputFormat.JSON);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("cannot be used as a schema: " + e.getMessage());
        }
    }
}
