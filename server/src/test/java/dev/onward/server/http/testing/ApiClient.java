package dev.onward.server.http.testing;

import dev.onward.web.http.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of the HTTP API that checks every response against the OpenAPI description. */
public final class ApiClient {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final int port;

    public ApiClient(int port) {
        this.port = port;
    }

    public ApiRequest get(String path) {
        return request("GET", path);
    }

    public ApiRequest put(String path) {
        return request("PUT", path);
    }

    public ApiRequest post(String path) {
        return request("POST", path);
    }

    public ApiRequest request(String method, String path) {
        return new ApiRequest(method, path);
    }

    public ApiRequest status() {
        return get("/api/onboarding/status");
    }

    public ApiRequest declaration(String declaration) {
        return post("/api/onboarding/first-declaration").field("declaration", declaration);
    }

    public ApiRequest complete() {
        return post("/api/onboarding/complete");
    }

    public ApiRequest cleanup() {
        return post("/api/onboarding/cleanup").operator();
    }

    public ApiRequest sessions() {
        return get("/api/onboarding/sessions").operator();
    }

    public ApiRequest start() {
        return post("/api/onboarding/start");
    }

    /** Starts a session and returns its id. */
    public String startSession() {
        return start().ok().text("session_id");
    }

    /** Starts a session of a user and returns its id. */
    public String startSessionOf(String user) {
        return start().field("user_id", user).operator().ok().text("session_id");
    }

    /** Starts a session of a flow and returns its id. */
    public String startSessionIn(String flow) {
        return start().field("flow", flow).ok().text("session_id");
    }

    public ApiRequest session(String id) {
        return get("/api/onboarding/sessions/" + id);
    }

    public ApiRequest events(String id) {
        return get("/api/onboarding/sessions/" + id + "/events");
    }

    /** An action on a session, such as {@code steps/ID/skip}. */
    public ApiRequest action(String id, String what) {
        return post("/api/onboarding/sessions/" + id + "/" + what);
    }

    /** A step's answer, as JSON. */
    public ApiRequest submit(String id, String step, String answer) {
        return action(id, "steps/" + step).json(answer);
    }

    /** A request builder. */
    public final class ApiRequest {
        private final String method;
        private final String path;
        private final List<String> query = new ArrayList<>();
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final HttpRequest.Builder builder = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));
        private BodyPublisher body = BodyPublishers.noBody();

        private ApiRequest(String method, String path) {
            this.method = method;
            this.path = path;
        }

        public ApiRequest query(String name, Object value) {
            query.add(name + "=" + URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
            return this;
        }

        public ApiRequest header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        public ApiRequest operator() {
            builder.setHeader("Authorization", "Bearer " + TestServer.KEY);
            return this;
        }

        public ApiRequest inSession(String id) {
            return header("Onboarding-Session", id);
        }

        /** Sets the {@code Idempotency-Key}. */
        public ApiRequest idempotencyKey(String key) {
            return header("Idempotency-Key", key);
        }

        public ApiRequest ifMatch(String tags) {
            return header("If-Match", tags);
        }

        public ApiRequest cookie(String value) {
            return header("Cookie", "onward_genesis=" + value);
        }

        /** Adds a field to the JSON body. */
        public ApiRequest field(String name, Object value) {
            fields.put(name, value);
            return json(new String(WireJson.write(fields), StandardCharsets.UTF_8));
        }

        public ApiRequest json(String text) {
            return body("application/json", text.getBytes(StandardCharsets.UTF_8));
        }

        public ApiRequest body(String contentType, byte[] bytes) {
            builder.setHeader("Content-Type", contentType);
            return body(BodyPublishers.ofByteArray(bytes));
        }

        public ApiRequest body(BodyPublisher publisher) {
            body = publisher;
            return this;
        }

        public ApiResponse send() {
            String uri = "http://127.0.0.1:" + port + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
            try {
                var response = CLIENT.send(
                        builder.uri(URI.create(uri)).method(method, body).build(), BodyHandlers.ofByteArray());
                ApiResponse reply = new ApiResponse(
                        response.statusCode(), response.headers().map(), response.body());
                OpenApiDescription.check(method, path, reply);
                return reply;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Sends the request and expects 200. */
        public ApiResponse ok() {
            return send().is(200);
        }

        /** Sends the request and expects a problem. */
        public ApiResponse expectProblem(int status, String code) {
            return send().isProblem(status, code);
        }

        /** Sends the request and expects an invalid field. */
        public ApiResponse expectInvalidField(String field) {
            return send().isProblem(422, "invalid_field").isAbout(field);
        }
    }
}
