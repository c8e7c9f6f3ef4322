package dev.onward.web.http;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request without a socket. */
public record TestRequest(
        String method, String rawPath, String rawQuery, Map<String, List<String>> headers, String body)
        implements Request {
    public static final String ID = "0123456789abcdef";

    /** @param address a path with an optional query */
    public static TestRequest of(String method, String address) {
        String[] parts = address.split("\\?", 2);
        Map<String, List<String>> headers = Map.of("host", List.of("localhost:8080"));
        return new TestRequest(method, parts[0], parts.length == 1 ? "" : parts[1], headers, "");
    }

    public TestRequest header(String name, String... lines) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), List.of(lines));
        return new TestRequest(method, rawPath, rawQuery, more, body);
    }

    public TestRequest json(String text) {
        return new TestRequest(method, rawPath, rawQuery, headers, text).header("Content-Type", "application/json");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Optional<InetAddress> peer() {
        return Optional.of(InetAddress.getLoopbackAddress());
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public byte[] readBody(int limit) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(bytes.length, limit + 1));
    }

    @Override
    public boolean clientGone() {
        return false;
    }
}
