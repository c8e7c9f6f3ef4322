package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.web.http.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the server answered. */
final class Reply {
    private final int status;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] bytes;

    Reply(int status, Map<String, List<String>> headers, byte[] bytes) {
        this.status = status;
        this.headers.putAll(headers);
        this.bytes = bytes;
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] bytes() {
        return bytes;
    }

    String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    JsonNode json() {
        return WireJson.read(body());
    }

    /** A value of the body, by its JSON Pointer or the name of a field. */
    JsonNode at(String pointer) {
        JsonNode value = json().at(pointer.startsWith("/") ? pointer : "/" + pointer);
        assertThat(value.isMissingNode()).as("%s in %s", pointer, body()).isFalse();
        return value;
    }

    String text(String pointer) {
        JsonNode value = at(pointer);
        assertThat(value.isString()).as("text %s in %s", pointer, body()).isTrue();
        return value.stringValue();
    }

    /** The session's id in the cookie that is set. */
    Optional<String> cookie() {
        return header("Set-Cookie").map(value -> value.substring(value.indexOf('=') + 1, value.indexOf(';')));
    }

    Reply is(int expected) {
        assertThat(status).as(body()).isEqualTo(expected);
        return this;
    }

    Reply isProblem(int expected, String code) {
        is(expected);
        assertThat(header("Content-Type")).contains("application/problem+json");
        assertThat(text("code")).isEqualTo(code);
        assertThat(text("request_id")).isEqualTo(header("X-Request-Id").orElseThrow());
        return this;
    }

    Reply isAbout(String field) {
        assertThat(text("field")).isEqualTo(field);
        assertThat(text("/errors/0/field")).isEqualTo(field);
        assertThat(text("detail")).startsWith(field);
        return this;
    }
}
