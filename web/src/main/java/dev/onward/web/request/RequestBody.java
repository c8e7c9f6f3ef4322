package dev.onward.web.request;

import dev.onward.json.Json;
import dev.onward.web.http.Request;
import dev.onward.web.http.WireJson;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON body of a request: an object, except for answers to steps; a missing body is an empty object. A field that
 * is null counts as absent.
 */
public final class RequestBody {
    private static final String TOO_LARGE = "The body is larger than 64 KiB. Send a smaller one.";

    private static final int MAX_BYTES = 64 * 1024;
    private static final Set<String> JSON = Set.of("application/json");

    private final String text;
    private final JsonNode json;

    private RequestBody(String text, JsonNode json) {
        this.text = text;
        this.json = json;
    }

    /** The body of a request without one. */
    public static RequestBody none() {
        return new RequestBody("", JsonNodeFactory.instance.objectNode());
    }

    /** @throws ApiException if it is too large, is not JSON, or has another content type */
    public static RequestBody of(Request request) {
        RequestPayload payload = new RequestPayload(request);
        byte[] bytes = payload.bytes(MAX_BYTES, TOO_LARGE);
        if (bytes.length == 0) {
            return none();
        }
        if (!payload.isOneOf(JSON)) {
            throw new ApiException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON in UTF-8. Send it with \"Content-Type: application/json\".");
        }
        String text = RequestPayload.utf8(bytes).orElseThrow(() -> malformed("The body is not UTF-8."));
        JsonNode json = parse(text);
        if (json.isMissingNode()) {
            throw malformed("The body is blank.");
        }
        return new RequestBody(text, json);
    }

    /** The text as sent. */
    public String text() {
        return text;
    }

    /**
     * The whole body as an answer; an empty map if there is no body.
     *
     * @throws ApiException if it is null
     */
    public Object answer() {
        if (text.isEmpty()) {
            return Map.of();
        }
        Object value = plain();
        if (value == null) {
            throw ApiException.invalidField("body", "must not be null: send the answer, or skip an optional step");
        }
        return value;
    }

    private @Nullable Object plain() {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message contains the body.
            throw malformed("The body contains an invalid number.");
        }
    }

    /** @throws ApiException if it is present and not a string */
    public Optional<String> text(String field) {
        return value(field).map(value -> {
            if (!value.isString()) {
                throw ApiException.invalidField(field, "must be a string");
            }
            return value.stringValue();
        });
    }

    /** @throws ApiException if it is missing or not a string */
    public String requiredText(String field) {
        return text(field).orElseThrow(() -> ApiException.invalidField(field, "is missing"));
    }

    /** @throws ApiException if it is present and not a boolean */
    public boolean flag(String field) {
        return value(field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw ApiException.invalidField(field, "must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /**
     * The names of all fields.
     *
     * @throws ApiException if it is no object
     */
    public Set<String> names() {
        return new LinkedHashSet<>(object().propertyNames());
    }

    public boolean has(String field) {
        return value(field).isPresent();
    }

    private Optional<JsonNode> value(String field) {
        return Optional.ofNullable(object().get(field)).filter(value -> !value.isNull());
    }

    private ObjectNode object() {
        if (!(json instanceof ObjectNode fields)) {
            throw ApiException.invalidField("body", "must be a JSON object: { … }");
        }
        return fields;
    }

    private static JsonNode parse(String text) {
        try {
            return WireJson.read(text);
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            throw malformed(
                    where == null
                            ? "The body is not valid JSON."
                            : "The body is not valid JSON at line " + where.getLineNr() + ", column "
                                    + where.getColumnNr() + ".");
        }
    }

    private static ApiException malformed(String problem) {
        return new ApiException(
                ProblemCode.MALFORMED_JSON,
                problem + " Send JSON in UTF-8 without duplicate names, at most " + WireJson.MAX_DEPTH
                        + " levels deep.");
    }
}
