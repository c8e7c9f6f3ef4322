package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import dev.onward.web.Routes;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.CorsPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.access.TrustedProxies;
import dev.onward.web.jwt.IdentityProvider;
import dev.onward.web.jwt.JwtVerifier;
import dev.onward.web.jwt.VerifiedTokens;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who may do what, in mode public: the status of each route of the API for each kind of caller. */
@OnOneDatabase
class RouteAccessTest extends HttpTest {
    /**
     * Each call is about a new session that {@code user} started with a token, unless the route is about none. {@code
     * visitor} has the cookie of another, anonymous session, which a request must not contradict (422); {@code other} is
     * another user.
     */
    private static final String TABLE = """
            route                                               | nobody | visitor | other | user | expired | operator
            POST /api/onboarding/start                          | 200    | 200     | 200   | 200  | 401     | 200
            GET  /api/onboarding/status                         | 403    | 422     | 403   | 200  | 401     | 200
            POST /api/onboarding/first-declaration              | 403    | 422     | 403   | 200  | 401     | 200
            POST /api/onboarding/complete                       | 403    | 422     | 403   | 200  | 401     | 200
            POST /api/onboarding/cleanup                        | 401    | 401     | 401   | 401  | 401     | 200
            GET  /api/onboarding/sessions                       | 401    | 401     | 401   | 401  | 401     | 200
            GET  /api/onboarding/sessions/{id}                  | 403    | 403     | 403   | 200  | 401     | 200
            GET  /api/onboarding/sessions/{id}/events           | 403    | 403     | 403   | 200  | 401     | 200
            POST /api/onboarding/sessions/{id}/steps/{step}     | 403    | 403     | 403   | 200  | 401     | 200
            POST /api/onboarding/sessions/{id}/steps/{step}/skip | 403   | 403     | 403   | 409  | 401     | 409
            POST /api/onboarding/sessions/{id}/dismiss          | 403    | 403     | 403   | 200  | 401     | 200
            POST /api/onboarding/sessions/{id}/reopen           | 403    | 403     | 403   | 200  | 401     | 200
            POST /api/onboarding/sessions/{id}/restart          | 403    | 403     | 403   | 200  | 401     | 200
            POST /api/onboarding/sessions/{id}/complete         | 403    | 403     | 403   | 200  | 401     | 200
            POST /api/onboarding/sessions/{id}/claim            | 401    | 401     | 403   | 200  | 401     | 200
            GET  /api/onboarding/flows                          | 200    | 200     | 200   | 200  | 200     | 200
            GET  /api/onboarding/flows/{flow}                   | 200    | 200     | 200   | 200  | 200     | 200
            PUT  /api/onboarding/flows/{flow}                   | 401    | 401     | 401   | 401  | 401     | 200
            GET  /api/onboarding/analytics                      | 401    | 401     | 401   | 401  | 401     | 200
            GET  /api/kblocks/{id}                              | 404    | 422     | 404   | 200  | 401     | 200
            GET  /api/users/profile                             | 404    | 404     | 404   | 404  | 401     | 200
            GET  /api/users/{id}/profile                        | 404    | 404     | 404   | 404  | 401     | 200
            GET  /health/live                                   | 200    | 200     | 200   | 200  | 200     | 200
            GET  /health/ready                                  | 200    | 200     | 200   | 200  | 200     | 200
            GET  /metrics                                       | 401    | 401     | 401   | 401  | 401     | 200
            """;

    private static final IdentityProvider PROVIDER = new IdentityProvider();

    private static final AccessPolicy ACCESS = new AccessPolicy(
            Mode.PUBLIC,
            OperatorKey.of(TestServer.KEY),
            TrustedProxies.LOOPBACK,
            Optional.of(new VerifiedTokens(
                    new JwtVerifier(List.of(PROVIDER.issuer()), InstantSource.system()), InstantSource.system())),
            CorsPolicy.NONE);

    @AfterAll
    static void closeProvider() {
        PROVIDER.close();
    }

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.with(kind, ACCESS);
    }

    /** The callers, each with its status, by route. */
    private static Map<String, Map<String, Integer>> expected() {
        List<List<String>> rows = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        Map<String, Map<String, Integer>> expected = new LinkedHashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, Integer> cells = new LinkedHashMap<>();
            for (int i = 1; i < row.size(); i++) {
                cells.put(rows.getFirst().get(i), Integer.valueOf(row.get(i)));
            }
            expected.put(row.getFirst().replaceAll(" +", " "), cells);
        }
        return expected;
    }

    /** Pages and their files are for everyone. */
    @Test
    void everyRouteOfTheApiHasARow() {
        assertThat(new TreeSet<>(expected().keySet()))
                .isEqualTo(Routes.of(server.services(), ACCESS).stream()
                        .filter(route -> route.pattern().matches("/(api|health)/.*|/metrics"))
                        .map(route -> route.verb() + " " + route.pattern())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyCallerGetsExactlyItsStatus() {
        Map<String, Map<String, Integer>> found = new LinkedHashMap<>();
        expected().forEach((route, cells) -> {
            Map<String, Integer> statuses = new LinkedHashMap<>();
            cells.keySet()
                    .forEach(caller ->
                            statuses.put(caller, call(route, caller).send().status()));
            found.put(route, statuses);
        });
        assertThat(found).isEqualTo(expected());
    }

    private ApiClient.ApiRequest call(String route, String caller) {
        String user = "user-" + UUID.randomUUID();
        String token = "Bearer " + PROVIDER.token(user);
        String session = api.post("/api/onboarding/start")
                .header("Authorization", token)
                .ok()
                .text("session_id");
        ApiClient.ApiRequest request = about(route, user, session, token);
        return switch (caller) {
            case "nobody" -> request;
            case "visitor" -> request.cookie(api.startSession());
            case "other" -> request.header("Authorization", "Bearer " + PROVIDER.token("other-" + user));
            case "user" -> request.header("Authorization", token);
            case "expired" -> request.header("Authorization", "Bearer " + PROVIDER.expiredToken(user));
            case "operator" -> request.operator();
            default -> throw new IllegalArgumentException(caller);
        };
    }

    private ApiClient.ApiRequest about(String route, String user, String session, String token) {
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("/api/users/{id}", "/api/users/" + user)
                .replace("/sessions/{id}", "/sessions/" + session)
                .replace("{step}", "first_declaration")
                .replace("{flow}", route.startsWith("PUT") ? "published" : "tour");
        if (path.contains("kblocks")) {
            path = path.replace("{id}", declared(session, token));
        }
        ApiClient.ApiRequest request = api.request(route.substring(0, route.indexOf(' ')), path);
        return switch (path.replaceFirst("^.*/", "")) {
            case "status", "complete" -> path.contains(session) ? request : request.query("session_id", session);
            case "first-declaration" -> request.query("session_id", session).field("declaration", "I build.");
            case "first_declaration" -> request.field("declaration", "I build.");
            case "claim" -> request.field("user_id", user);
            case "published" -> request.json("""
                    {"flow": "published", "title": "Published", "steps": [
                        {"id": "one", "title": "One", "input": {"type": "object"}}]}""");
            case "profile" -> {
                declared(session, token);
                yield path.contains(user) ? request : request.query("user_id", user);
            }
            default -> path.contains("kblocks") ? request.inSession(session) : request;
        };
    }

    /** Completes the session and returns the id of its K-Block. */
    private String declared(String session, String token) {
        return api.submit(session, "first_declaration", "{\"declaration\": \"I build.\"}")
                .header("Authorization", token)
                .ok()
                .text("first_kblock_id");
    }
}
