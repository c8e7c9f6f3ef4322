package dev.onward.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.Database;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.retention.SessionLifetime;
import dev.onward.session.SessionService;
import dev.onward.session.VersionUpgrader;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SettableClock;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.http.Response;
import dev.onward.web.http.ResponseHeader;
import dev.onward.web.http.TestRequest;
import dev.onward.web.http.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The API without an HTTP library, on a real database. */
class OnwardWebTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
    private TestDatabase testDatabase;
    private Database database;
    private OnwardWeb web;

    @BeforeEach
    void open() {
        testDatabase = TestDatabase.migrated(DatabaseKind.SQLITE);
        database = testDatabase.database();
        Publisher publisher = new Publisher(database.flows(), clock, IdGenerator.random());
        publisher.publishFiles(List.of());
        PublishedFlowCatalog flows = new PublishedFlowCatalog(database.flows(), clock::nanoTime, problem -> {});
        WebServices services = new WebServices(
                new SessionService(flows, database.sessions(), clock, IdGenerator.random()),
                new AbandonedSessionCleanup(database.retention()),
                database.analytics(),
                flows,
                database.flows(),
                database.releases(),
                publisher,
                new DryRun(
                        database.flows(),
                        database.releases(),
                        new VersionUpgrader(flows, database.sessions(), clock, IdGenerator.random())),
                new SessionLifetime(flows, RetentionHours.DEFAULT, Duration.ofHours(1)),
                clock,
                List::of,
                () -> "onward 1\n",
                exception -> false);
        web = new OnwardWeb(services, new AccessPolicy(Mode.LOCAL, OperatorKey.unknown()), true);
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void answersWithJsonAndNamesItsRoute() {
        Response response =
                web.answer(TestRequest.of("POST", "/api/onboarding/start").json("{}"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.route()).isEqualTo("/api/onboarding/start");
        assertThat(json(response).get("started_at").stringValue()).isEqualTo("2026-03-01T12:00:00.123456Z");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(response, "Set-Cookie")).startsWith("onward_genesis=");
    }

    @Test
    void findsTheSessionThatTheCookieNames() {
        Response started =
                web.answer(TestRequest.of("POST", "/api/onboarding/start").json("{}"));
        String session = json(started).get("session_id").stringValue();

        Response status = web.answer(
                TestRequest.of("GET", "/api/onboarding/status").header("Cookie", "onward_genesis=" + session));

        assertThat(json(status).get("session_id").stringValue()).isEqualTo(session);
    }

    @Test
    void aProblemSaysWhatHappenedUnderTheIdOfTheRequest() {
        Response response = web.answer(
                TestRequest.of("GET", "/api/onboarding/status?session_id=2f8ad4f1-2e2d-4d0a-8b6f-6a1f3ad9a2d5"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(response).get("code").stringValue()).isEqualTo("session_not_found");
        assertThat(json(response).get("request_id").stringValue()).isEqualTo(TestRequest.ID);
    }

    @Test
    void anAddressWithoutARouteHasNone() {
        Response response = web.answer(TestRequest.of("GET", "/nowhere"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.route()).isEqualTo(Response.NO_ROUTE);
    }

    @Test
    void rejectsAnotherHostAndAnotherOrigin() {
        Response otherHost =
                web.answer(TestRequest.of("GET", "/api/onboarding/status").header("Host", "attacker.example"));
        Response otherOrigin = web.answer(TestRequest.of("POST", "/api/onboarding/start")
                .json("{}")
                .header("Origin", "https://attacker.example"));

        assertThat(json(otherHost).get("code").stringValue()).isEqualTo("host_not_allowed");
        assertThat(json(otherOrigin).get("code").stringValue()).isEqualTo("origin_not_allowed");
    }

    private static JsonNode json(Response response) {
        return WireJson.read(new String(response.body(), StandardCharsets.UTF_8));
    }

    private static String header(Response response, String name) {
        return response.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(ResponseHeader::value)
                .findFirst()
                .orElseThrow();
    }
}
