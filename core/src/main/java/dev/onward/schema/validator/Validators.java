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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema library, set up so that a schema from anybody can do no harm. */
public final class Validators {
    private static final String META_SCHEMA = Dialects.getDraft202012().getId();

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(LinearPattern::compile)
            .locale(Locale.ROOT)
            .build();

    /** A keyword that is not known means nothing, and the library is not to log a line about it. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .formats(formats -> {
                formats.clear();
                formats.putAll(StandardFormats.all());
            })
            .unknownKeywordFactory((keyword, context) -> new AnnotationKeyword(keyword))
            .build();

    /** What stands at another address than the dialect's own is blocked: no network, no files, no class path. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            DIALECT,
            registry -> registry.schemaRegistryConfig(CONFIG)
                    .schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(
                            address -> !address.toString().startsWith("https://json-schema.org/draft/2020-12/"))));

    /** What it takes to find that a value is valid. Honest answers of the size that is taken need far less. */
    private static final long MOST_STEPS = 500_000;

    /** Each step may leave an error behind, and memory has to hold them all. */
    private static final long MOST_STEPS_TO_ALL_ERRORS = 100_000;

    /** What a schema within its limits needs is less; so is the stack of any thread. */
    private static final int DEEPEST = 500;

    private Validators() {}

    /**
     * In which ways a value breaks a schema; only the first ones that were found where it would take too long to find
     * all. It comes to an end, whatever the schema and the value are.
     *
     * @throws ValidationLimitExceededException where it would take too long to tell whether the value breaks it
     */
    public static List<Error> errors(Schema schema, Object plain) {
        JsonNode value = Json.MAPPER.valueToTree(plain);
        List<Error> first = errors(schema, value, MOST_STEPS, true);
        if (first.isEmpty()) {
            return first;
        }
        try {
            return errors(schema, value, MOST_STEPS_TO_ALL_ERRORS, false);
        } catch (ValidationLimitExceededException e) {
            return first;
        }
    }

    private static List<Error> errors(Schema schema, JsonNode value, long mostSteps, boolean firstOnly) {
        return schema.validate(
                value,
                execution -> execution.executionConfig(config ->
                        config.failFast(firstOnly).maxEvaluationSteps(mostSteps).maxEvaluationDepth(DEEPEST)));
    }

    public static Schema compile(Map<String, @Nullable Object> definition) {
        return REGISTRY.getSchema(Json.MAPPER.valueToTree(ValidatorSchema.of(definition)));
    }

    /** Where a definition is no JSON Schema 2020-12. */
    public static List<Error> againstMetaSchema(Map<String, @Nullable Object> definition) {
        return REGISTRY.getSchema(SchemaLocation.of(META_SCHEMA)).validate(Json.MAPPER.valueToTree(definition));
    }

    /** Why a schema cannot be used although it keeps all rules that are known here; empty where it can. */
    public static Optional<String> problemOf(Map<String, @Nullable Object> definition) {
        try {
            compile(definition).validate("{}", InputFormat.JSON);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("cannot be used as a schema: " + e.getMessage());
        }
    }
}
