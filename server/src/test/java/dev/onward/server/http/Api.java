package dev.onward.server.http;

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

/** A client that says what it means, and holds every answer to the description of the API. */
final class Api {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final int port;

    Api(int port) {
        this.port = port;
    }

    Request get(String path) {
        return request("GET", path);
    }

    Request put(String path) {
        return request("PUT", path);
    }

    Request post(String path) {
        return request("POST", path);
    }

    Request request(String method, String path) {
        return new Request(method, path);
    }

    Request status() {
        return get("/api/onboarding/status");
    }

    Request declaration(String declaration) {
        return post("/api/onboarding/first-declaration").field("declaration", declaration);
    }

    Request complete() {
        return post("/api/onboarding/complete");
    }

    Request cleanup() {
        return post("/api/onboarding/cleanup").operator();
    }

    Request sessions() {
        return get("/api/onboarding/sessions").operator();
    }

    Request start() {
        return post("/api/onboarding/start");
    }

    /** The id of a new session. */
    String started() {
        return start().ok().text("session_id");
    }

    /** The id of a new session of a user. */
    String startedBy(String user) {
        return start().field("user_id", user).operator().ok().text("session_id");
    }

    /** The id of a new session of a flow. */
    String startedIn(String flow) {
        return start().field("flow", flow).ok().text("session_id");
    }

    Request session(String id) {
        return get("/api/onboarding/sessions/" + id);
    }

    Request events(String id) {
        return get("/api/onboarding/sessions/" + id + "/events");
    }

    /** Something that is to happen to a session: {@code skip} of a step is {@code steps/…/skip}. */
    Request act(String id, String what) {
        return post("/api/onboarding/sessions/" + id + "/" + what);
    }

    /** An answer to a step, as JSON. */
    Request submit(String id, String step, String answer) {
        return act(id, "steps/" + step).json(answer);
    }

    /** A request that is being put together. */
    final class Request {
        private final String method;
        private final String path;
        private final List<String> query = new ArrayList<>();
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final HttpRequest.Builder builder = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));
        private BodyPublisher body = BodyPublishers.noBody();

        private Request(String method, String path) {
            this.method = method;
            this.path = path;
        }

        Request query(String name, Object value) {
            query.add(name + "=" + URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
            return this;
        }

        Request header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        Request operator() {
            builder.setHeader("Authorization", "Bearer " + Site.KEY);
            return this;
        }

        Request inSession(String id) {
            return header("Onboarding-Session", id);
        }

        /** Makes a retry safe. */
        Request keyed(String key) {
            return header("Idempotency-Key", key);
        }

        Request ifMatch(String tags) {
            return header("If-Match", tags);
        }

        Request cookie(String value) {
            return header("Cookie", "onward_genesis=" + value);
        }

        /** A field of a JSON body. */
        Request field(String name, Object value) {
            fields.put(name, value);
            return json(new String(WireJson.write(fields), StandardCharsets.UTF_8));
        }

        Request json(String text) {
            return body("application/json", text.getBytes(StandardCharsets.UTF_8));
        }

        Request body(String contentType, byte[] bytes) {
            builder.setHeader("Content-Type", contentType);
            return body(BodyPublishers.ofByteArray(bytes));
        }

        Request body(BodyPublisher publisher) {
            body = publisher;
            return this;
        }

        Reply send() {
            String uri = "http://127.0.0.1:" + port + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
            try {
                var response = CLIENT.send(
                        builder.uri(URI.create(uri)).method(method, body).build(), BodyHandlers.ofByteArray());
                Reply reply =
                        new Reply(response.statusCode(), response.headers().map(), response.body());
                Description.hold(method, path, reply);
                return reply;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Sends it, to be answered with 200. */
        Reply ok() {
            return send().is(200);
        }

        /** Sends it, to be refused with a problem. */
        Reply refused(int status, String code) {
            return send().isProblem(status, code);
        }

        /** Sends it, to be refused because of a field. */
        Reply refusedFor(String field) {
            return send().isProblem(422, "invalid_field").isAbout(field);
        }
    }
}
