package dev.onward.server.http;

import static dev.onward.server.http.Route.get;
import static dev.onward.server.http.Route.post;
import static dev.onward.server.http.Route.put;
import static dev.onward.server.http.Who.ANYONE;
import static dev.onward.server.http.Who.NEIGHBOUR;
import static dev.onward.server.http.Who.OPERATOR;
import static dev.onward.server.http.Who.OPERATOR_HIDDEN;
import static dev.onward.server.http.Who.OWNER;

import java.util.List;

/** Everything that the server answers: what, where, to whom. */
final class Routes {
    private Routes() {}

    static List<Route> of(Services services, Access access) {
        SessionNames names = new SessionNames(services.flows());
        ClaimSecrets secrets = new ClaimSecrets(access, services.sessions());
        SessionCookies cookies = cookies(services, access, secrets);
        Cursors cursors = new Cursors(access.key());
        Retries retries = new Retries(services.sessions(), access, secrets);
        var onboarding = new OnboardingResource(services.sessions(), names, cookies, secrets, retries, access);
        var session = new SessionResource(services.sessions(), names, cookies, secrets, cursors, retries, access);
        var sessions = new SessionsResource(services.sessions(), cursors);
        var cleanup = new CleanupResource(services.cleanup(), services.sessions(), retries);
        var flows = new FlowsResource(services);
        var analytics = new AnalyticsResource(services.analytics());
        var kblocks = new KBlocksResource(services.sessions(), names, secrets, access);
        var profiles = new ProfilesResource(services.sessions());
        var health = new HealthResource(services.readiness());
        var metrics = new MetricsResource(services.metrics());
        var pages = new PagesResource();
        return List.of(
                post("/api/onboarding/start", ANYONE, onboarding::start),
                get("/api/onboarding/status", ANYONE, onboarding::status),
                post("/api/onboarding/first-declaration", ANYONE, onboarding::declare),
                post("/api/onboarding/complete", ANYONE, onboarding::complete),
                post("/api/onboarding/cleanup", OPERATOR, cleanup::run),
                get("/api/onboarding/sessions", OPERATOR, sessions::list),
                get("/api/onboarding/sessions/{id}", OWNER, session::read),
                get("/api/onboarding/sessions/{id}/events", OWNER, session::events),
                post("/api/onboarding/sessions/{id}/steps/{step}", OWNER, session::submit),
                post("/api/onboarding/sessions/{id}/steps/{step}/skip", OWNER, session::skip),
                post("/api/onboarding/sessions/{id}/dismiss", OWNER, session::dismiss),
                post("/api/onboarding/sessions/{id}/reopen", OWNER, session::reopen),
                post("/api/onboarding/sessions/{id}/restart", OWNER, session::restart),
                post("/api/onboarding/sessions/{id}/complete", OWNER, session::complete),
                post("/api/onboarding/sessions/{id}/claim", OWNER, session::claim),
                get("/api/onboarding/flows", ANYONE, flows::list),
                get("/api/onboarding/flows/{flow}", ANYONE, flows::read),
                put("/api/onboarding/flows/{flow}", OPERATOR, flows::publish),
                get("/api/onboarding/analytics", OPERATOR, analytics::read),
                get("/api/kblocks/{id}", OWNER, kblocks::read),
                get("/api/users/{id}/profile", OPERATOR_HIDDEN, profiles::read),
                get("/health/live", ANYONE, health::live),
                get("/health/ready", ANYONE, health::ready),
                get("/metrics", NEIGHBOUR, metrics::scrape),
                get("/", ANYONE, pages::start),
                get("/onboarding", ANYONE, pages::onboarding),
                get("/studio", ANYONE, pages::studio),
                get("/docs", ANYONE, pages::docs),
                get("/onboarding/", ANYONE, PagesResource.redirect("/onboarding")),
                get("/studio/", ANYONE, PagesResource.redirect("/studio")),
                get("/docs/", ANYONE, PagesResource.redirect("/docs")),
                get("/openapi.yaml", ANYONE, pages::openapi),
                get("/favicon.ico", ANYONE, pages::icon),
                get("/favicon.svg", ANYONE, pages::icon),
                get("/web/{+file}", ANYONE, pages::file),
                get("/webjars/{+file}", ANYONE, pages::library));
    }

    static SessionCookies cookies(Services services, Access access) {
        return cookies(services, access, new ClaimSecrets(access, services.sessions()));
    }

    private static SessionCookies cookies(Services services, Access access, ClaimSecrets secrets) {
        return new SessionCookies(access, secrets, services.lifetime(), services.clock());
    }
}
