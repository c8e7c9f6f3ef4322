package dev.onward.schema.violation;

import com.networknt.schema.Error;
import dev.onward.schema.validator.StandardFormats;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Describes violations as the rest of a sentence. Pages show the text beside the field. */
public final class ViolationMessages {
    private static final int MAX_VALUES = 20;

    private static final Map<String, String> TYPES = Map.of(
            "string", "text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "yes or no (true or false)",
            "array", "a list",
            "object", "an object",
            "null", "null");

    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("email", "an e-mail address"),
            Map.entry("idn-email", "an e-mail address"),
            Map.entry("uri", "a full address, such as https://example.com"),
            Map.entry("iri", "a full address, such as https://example.com"),
            Map.entry("date", "a date, such as 2026-01-31"),
            Map.entry("time", "a time with its zone, such as 12:30:00Z"),
            Map.entry("date-time", "a date and time with zone, such as 2026-01-31T12:30:00Z"),
            Map.entry("duration", "a duration, such as P3D or PT15M"),
            Map.entry("hostname", "a host name, such as www.example.com"),
            Map.entry("idn-hostname", "a host name, such as www.example.com"),
            Map.entry("ipv4", "an IPv4 address, such as 192.0.2.1"),
            Map.entry("ipv6", "an IPv6 address, such as 2001:db8::1"),
            Map.entry("uri-reference", "an address, such as https://example.com or /page"),
            Map.entry("iri-reference", "an address, such as https://example.com or /page"),
            Map.entry("uri-template", "an address with variables, such as https://example.com/{id}"),
            Map.entry("json-pointer", "a JSON Pointer, such as /name/0"),
            Map.entry("relative-json-pointer", "a relative JSON Pointer, such as 1/name"),
            Map.entry("regex", "a regular expression"),
            Map.entry("uuid", "a UUID"));

    private ViolationMessages() {}

    public static String of(Error error) {
        JsonNode rule = error.getSchemaNode();
        return switch (String.valueOf(error.getKeyword())) {
            case "required", "dependentRequired", "dependencies" -> "is missing";
            case "type" -> "must be " + types(rule);
            case "enum" -> "must be one of " + list(rule.valueStream().toList());
            case "const" -> "must be " + text(rule);
            case "minLength" -> rule.asInt() == 1 ? "must not be empty" : atLeast(rule, "character", "characters");
            case "maxLength" -> atMost(rule, "character", "characters");
            case "minItems" -> atLeast(rule, "entry", "entries");
            case "maxItems" -> atMost(rule, "entry", "entries");
            case "uniqueItems" -> "must not contain the same entry twice";
            case "minimum" -> "must be " + text(rule) + " or more";
            case "maximum" -> "must be " + text(rule) + " or less";
            case "exclusiveMinimum" -> "must be more than " + text(rule);
            case "exclusiveMaximum" -> "must be less than " + text(rule);
            case "multipleOf" -> "must be a multiple of " + text(rule);
            case "pattern" -> "does not have the required format";
            case "format" -> format(error, text(rule));
            case "additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems" ->
                "is not an expected field";
            case "propertyNames" -> "has a name that is not allowed here";
            case "minProperties" -> atLeast(rule, "field", "fields");
            case "maxProperties" -> atMost(rule, "field", "fields");
            case "minContains", "contains" -> contains(error, "at least ");
            case "maxContains" -> contains(error, "at most ");
            case "oneOf" ->
                ChoiceOption.isExceeded(error)
                        ? "matches more than one choice, but only one is allowed"
                        : "matches none of the choices";
            case "not" -> forbidden(rule);
            case "false" -> "is not allowed here";
            default -> "is not a valid answer";
        };
    }

    private static String format(Error error, String name) {
        return StandardFormats.isTooLong(name, error.getInstanceNode().asString())
                ? "must have at most " + StandardFormats.maxLength(name) + " characters"
                : "must be " + FORMATS.getOrDefault(name, "of the format " + name);
    }

    /** For a field that is not allowed, or not together with others. */
    static String notTogether(String name, Set<String> names) {
        String others = names.stream().filter(other -> !other.equals(name)).collect(Collectors.joining(", "));
        return others.isEmpty() ? "is not allowed here" : "cannot be combined with " + others;
    }

    private static String forbidden(JsonNode rule) {
        List<JsonNode> values = constants(rule);
        return rule.size() == 1 && !values.isEmpty()
                ? "must not be " + (values.size() == 1 ? text(values.getFirst()) : "one of " + list(values))
                : "is not allowed here";
    }

    private static String contains(Error error, String bound) {
        Object count = error.getArguments()[0];
        List<JsonNode> values = constants(error.getSchemaNode());
        String kind = values.isEmpty()
                ? "of the required kind"
                : values.size() == 1 ? text(values.getFirst()) : "among " + list(values);
        String entries = "1".equals(String.valueOf(count)) ? " entry " : " entries ";
        return "must have " + bound + count + entries + kind;
    }

    private static List<JsonNode> constants(JsonNode rule) {
        return rule.has("const")
                ? List.of(rule.get("const"))
                : rule.path("enum").valueStream().toList();
    }

    /** For constants, any of which would be valid. */
    static String ofConstants(List<Error> errors) {
        List<JsonNode> values = errors.stream()
                .flatMap(error -> "enum".equals(error.getKeyword())
                        ? error.getSchemaNode().valueStream()
                        : Stream.of(error.getSchemaNode()))
                .distinct()
                .toList();
        return values.size() == 1 ? "must be " + text(values.getFirst()) : "must be one of " + list(values);
    }

    /** A list of valid values. */
    private static String list(List<JsonNode> values) {
        String text =
                values.stream().limit(MAX_VALUES).map(ViolationMessages::text).collect(Collectors.joining(", "));
        return values.size() > MAX_VALUES ? text + ", …" : text;
    }

    private static String types(JsonNode rule) {
        return (rule.isArray() ? rule.valueStream() : Stream.of(rule))
                .map(type -> TYPES.getOrDefault(text(type), text(type)))
                .collect(Collectors.joining(" or "));
    }

    private static String atLeast(JsonNode count, String one, String many) {
        return "must have at least " + text(count) + " " + (count.asInt() == 1 ? one : many);
    }

    private static String atMost(JsonNode count, String one, String many) {
        return "must have at most " + text(count) + " " + (count.asInt() == 1 ? one : many);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
