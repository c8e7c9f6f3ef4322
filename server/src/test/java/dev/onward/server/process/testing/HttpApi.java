package dev.onward.server.process.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the HTTP API without retries. */
public final class HttpApi implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI address;

    /** A response; its body is empty if it is not JSON. */
    public record HttpReply(int status, HttpResponse<String> response, JsonNode body) {
        public String text(String field) {
            return body.path(field).asString();
        }
    }

    public HttpApi(URI address) {
        this.address = address;
    }

    /** @throws IOException if there was no response */
    public HttpReply get(String path, String... headers) throws IOException {
        return send(request(path, headers).GET());
    }

    /** @throws IOException if there was no response */
    public HttpReply post(String path, Map<String, ?> body, String... headers) throws IOException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    public HttpReply start(String userId) throws IOException {
        return post("/api/onboarding/start", Map.of("user_id", userId));
    }

    public HttpReply declare(String sessionId, String declaration) throws IOException {
        return post("/api/onboarding/first-declaration", Map.of("session_id", sessionId, "declaration", declaration));
    }

    public HttpReply complete(String sessionId) throws IOException {
        return post("/api/onboarding/complete", Map.of("session_id", sessionId));
    }

    public HttpReply status(String sessionId) throws IOException {
        return get("/api/onboarding/status?session_id=" + sessionId);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private HttpReply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.contains("json"))
                    .isPresent();
            return new HttpReply(
                    response.statusCode(), response, json ? JSON.readTree(response.body()) : JSON.missingNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
