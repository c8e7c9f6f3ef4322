package dev.onward.server.http.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.web.http.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A response of the server. */
public final class ApiResponse {
    private final int status;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] bytes;

    public ApiResponse(int status, Map<String, List<String>> headers, byte[] bytes) {
        this.status = status;
        this.headers.putAll(headers);
        this.bytes = bytes;
    }

    public int status() {
        return status;
    }

    public Map<String, List<String>> headers() {
        return headers;
    }

    public byte[] bytes() {
        return bytes;
    }

    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public JsonNode json() {
        return WireJson.read(body());
    }

    /** A value of the body, by its JSON Pointer or the name of a field. */
    public JsonNode at(String pointer) {
        JsonNode value = json().at(pointer.startsWith("/") ? pointer : "/" + pointer);
        assertThat(value.isMissingNode()).as("%s in %s", pointer, body()).isFalse();
        return value;
    }

    public String text(String pointer) {
        JsonNode value = at(pointer);
        assertThat(value.isString()).as("text %s in %s", pointer, body()).isTrue();
        return value.stringValue();
    }

    /** The session id in the Set-Cookie header. */
    public Optional<String> cookie() {
        return header("Set-Cookie").map(value -> value.substring(value.indexOf('=') + 1, value.indexOf(';')));
    }

    public ApiResponse is(int expected) {
        assertThat(status).as(body()).isEqualTo(expected);
        return this;
    }

    public ApiResponse isProblem(int expected, String code) {
        is(expected);
        assertThat(header("Content-Type")).contains("application/problem+json");
        assertThat(text("code")).isEqualTo(code);
        assertThat(text("request_id")).isEqualTo(header("X-Request-Id").orElseThrow());
        return this;
    }

    public ApiResponse isAbout(String field) {
        assertThat(text("field")).isEqualTo(field);
        assertThat(text("/errors/0/field")).isEqualTo(field);
        assertThat(text("detail")).startsWith(field);
        return this;
    }
}
