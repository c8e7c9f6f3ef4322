package dev.onward.server.http.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks responses against {@code openapi.yaml}: the status and the content type are documented for the operation, and
 * the body matches its schema without additional fields.
 */
public final class OpenApiDescription {
    /** RFC 3339 in UTC, with milliseconds or microseconds. */
    private static final String TIME = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3}(\\d{3})?)?Z$";

    private static final ObjectNode ROOT = read();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

    /** Words that only internal messages contain. */
    private static final String[] INTERNALS = {
        "Exception",
        "dev.onward",
        "java.",
        "tools.jackson",
        "io.netty",
        "org.postgresql",
        "org.sqlite",
        "SQLSTATE",
        "SQLITE_",
        "SELECT ",
        "onboarding_sessions",
        "\tat "
    };

    private OpenApiDescription() {}

    public static ObjectNode root() {
        return ROOT;
    }

    /** Checks a problem that was sent before routing. */
    public static void checkProblem(ApiResponse reply) {
        assertThat(reply.body()).doesNotContain(INTERNALS);
        assertThat(reply.header("X-Request-Id")).as("X-Request-Id").isPresent();
        holdSchema("#/$defs/Problem", reply);
    }

    public static void check(String method, String path, ApiResponse reply) {
        if (reply.status() >= 400) {
            assertThat(reply.body()).doesNotContain(INTERNALS);
        }
        assertThat(reply.header("X-Request-Id")).as("X-Request-Id").isPresent();
        Optional<String> documented = documented(path);
        if (documented.isEmpty()) {
            checkUndocumented(method, reply);
            return;
        }
        JsonNode item = ROOT.at("/paths").get(documented.get());
        JsonNode operation = item.get(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
        // OpenAPI does not describe preflights (CORS).
        boolean preflight = reply.header("Access-Control-Allow-Methods").isPresent();
        if (operation == null && !preflight) {
            holdNotAllowed(item, method, reply);
            return;
        }
        if (operation == null) {
            assertThat(reply.bytes()).isEmpty();
            return;
        }
        JsonNode response = resolved(operation.get("responses").get(Integer.toString(reply.status())));
        assertThat(response)
                .as("%s %s is not documented to answer %d: %s", method, path, reply.status(), reply.body())
                .isNotNull();
        holdHeaders(response, reply);
        holdContent(response, method, reply);
    }

    /** Checks pages, their files, and unknown addresses. */
    private static void checkUndocumented(String method, ApiResponse reply) {
        if (reply.status() >= 400) {
            holdSchema("#/$defs/Problem", method, reply);
        } else {
            assertThat(reply.header("Content-Type").orElse("")).isNotEqualTo("application/json");
        }
    }

    private static void holdNotAllowed(JsonNode item, String method, ApiResponse reply) {
        assertThat(reply.status()).as("%s %s", method, reply.body()).isIn(403, 405);
        holdSchema("#/$defs/Problem", method, reply);
        if (reply.status() == 405) {
            var allowed = new TreeSet<String>();
            item.propertyNames().forEach(name -> allowed.add(name.toUpperCase(Locale.ROOT)));
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            assertThat(reply.header("Allow")).contains(String.join(", ", allowed));
        }
    }

    private static void holdHeaders(JsonNode response, ApiResponse reply) {
        response.path("headers").forEachEntry((name, described) -> {
            JsonNode header = resolved(described);
            Pattern pattern = Pattern.compile(header.at("/schema/pattern").asString(""));
            Optional<String> value = reply.header(name);
            assertThat(value.isPresent() || !header.path("required").asBoolean(true))
                    .as("header %s is there", name)
                    .isTrue();
            assertThat(value.stream())
                    .as("header %s", name)
                    .allMatch(text -> pattern.matcher(text).find());
        });
    }

    private static void holdContent(JsonNode response, String method, ApiResponse reply) {
        JsonNode content = response.path("content");
        if (content.isMissingNode() || method.equals("HEAD")) {
            assertThat(reply.bytes()).isEmpty();
            return;
        }
        String type = reply.header("Content-Type").orElseThrow().replaceAll(";.*", "");
        assertThat(content.has(type)).as("content type %s", type).isTrue();
        if (type.endsWith("json")) {
            holdSchema(schema(content.get(type).get("schema")), reply);
        }
    }

    private static void holdSchema(String reference, String method, ApiResponse reply) {
        if (!method.equals("HEAD")) {
            holdSchema(reference, reply);
        }
    }

    private static String schema(JsonNode schema) {
        return schema.get("$ref").stringValue();
    }

    private static void holdSchema(String reference, ApiResponse reply) {
        holdSchema(reference, reply.json());
    }

    public static void holdSchema(String reference, JsonNode value) {
        assertThat(COMPILED.computeIfAbsent(reference, OpenApiDescription::compile)
                        .validate(value))
                .as("%s: %s", reference, value)
                .isEmpty();
    }

    private static Schema compile(String reference) {
        ObjectNode schema = ROOT.objectNode();
        schema.put("$ref", reference);
        schema.set("$defs", ROOT.at("/components/schemas"));
        return SCHEMAS.getSchema(schema);
    }

    /** Resolves a reference. */
    public static JsonNode resolved(JsonNode node) {
        return node != null && node.has("$ref")
                ? ROOT.at(node.get("$ref").stringValue().substring(1).replace("/$defs/", "/components/schemas/"))
                : node;
    }

    private static Optional<String> documented(String path) {
        String plain = path.replaceAll("%2[Ff]", "_");
        Stream<String> paths = ROOT.get("paths").propertyNames().stream();
        return paths.filter(pattern -> plain.matches(pattern.replaceAll("\\{[^}]+}", "[^/]+")))
                .findFirst();
    }

    /** The document as served. */
    public static ObjectNode document() {
        return parse(text());
    }

    private static ObjectNode read() {
        ObjectNode root = parse(text().replace("#/components/schemas/", "#/$defs/"));
        JsonNode schemas = root.at("/components/schemas");
        refuseWhatIsNotNamed(schemas);
        rejectUnknownValues(schemas);
        return root;
    }

    private static String text() {
        try (InputStream in = OpenApiDescription.class.getClassLoader().getResourceAsStream("openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode parse(String text) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
        return JsonMapper.shared().valueToTree(loaded);
    }

    /** Clients must accept new codes and any RFC 3339 time, but responses have only known codes, and times in UTC. */
    private static void rejectUnknownValues(JsonNode node) {
        node.forEach(OpenApiDescription::rejectUnknownValues);
        if (node instanceof ObjectNode schema) {
            if (schema.has("x-extensible-enum")) {
                schema.set("enum", schema.remove("x-extensible-enum"));
            }
            if (schema.path("format").asString("").equals("date-time")) {
                schema.put("pattern", TIME);
            }
        }
    }

    private static void refuseWhatIsNotNamed(JsonNode node) {
        node.forEach(OpenApiDescription::refuseWhatIsNotNamed);
        if (node instanceof ObjectNode schema && schema.has("properties") && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
    }
}
