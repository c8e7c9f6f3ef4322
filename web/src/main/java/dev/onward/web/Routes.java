package dev.onward.web;

import static dev.onward.web.access.Permission.ANYONE;
import static dev.onward.web.access.Permission.LOCAL_ONLY;
import static dev.onward.web.access.Permission.OPERATOR;
import static dev.onward.web.access.Permission.OPERATOR_HIDDEN;
import static dev.onward.web.access.Permission.OWNER;
import static dev.onward.web.route.AllowedInputs.lenient;
import static dev.onward.web.route.AllowedInputs.strict;
import static dev.onward.web.route.Route.get;
import static dev.onward.web.route.Route.page;
import static dev.onward.web.route.Route.post;
import static dev.onward.web.route.Route.put;

import dev.onward.web.access.AccessPolicy;
import dev.onward.web.page.PagesResource;
import dev.onward.web.request.CursorCodec;
import dev.onward.web.resource.AnalyticsResource;
import dev.onward.web.resource.CleanupResource;
import dev.onward.web.resource.CompletionResource;
import dev.onward.web.resource.DeclarationResource;
import dev.onward.web.resource.FlowsResource;
import dev.onward.web.resource.HealthResource;
import dev.onward.web.resource.KBlocksResource;
import dev.onward.web.resource.MetricsResource;
import dev.onward.web.resource.ProfilesResource;
import dev.onward.web.resource.SessionResource;
import dev.onward.web.resource.SessionUpsert;
import dev.onward.web.resource.SessionsResource;
import dev.onward.web.resource.StartResource;
import dev.onward.web.resource.StatusResource;
import dev.onward.web.route.AllowedInputs;
import dev.onward.web.route.Route;
import dev.onward.web.session.ClaimSecretGuard;
import dev.onward.web.session.IdempotentRequests;
import dev.onward.web.session.SessionCookies;
import dev.onward.web.session.SessionReferenceReader;
import java.util.List;

/** The route table: every address, who may call it, and its handler. */
public final class Routes {
    private Routes() {}

    public static List<Route> of(WebServices services, AccessPolicy access) {
        SessionReferenceReader names = new SessionReferenceReader(services.flows());
        ClaimSecretGuard secrets = new ClaimSecretGuard(access, services.sessions());
        SessionCookies cookies = cookies(services, access, secrets);
        CursorCodec cursors = new CursorCodec(access.key().derived("list cursor"));
        IdempotentRequests idempotent = new IdempotentRequests(services.sessions(), access, secrets);
        var start = new StartResource(services.sessions(), cookies, idempotent, access, secrets);
        var status = new StatusResource(services.sessions(), names, cookies, secrets, access);
        var upsert = new SessionUpsert(services.sessions(), names, cookies, idempotent, access);
        var declaration = new DeclarationResource(services.sessions(), upsert);
        var completion = new CompletionResource(services.sessions(), upsert);
        var session = new SessionResource(services.sessions(), names, cookies, secrets, cursors, idempotent, access);
        var sessions = new SessionsResource(services.sessions(), cursors);
        var cleanup = new CleanupResource(services.cleanup(), services.sessions(), idempotent);
        var flows = new FlowsResource(
                services.flows(), services.flowStore(), services.releases(), services.publisher(), services.dryRun());
        var analytics = new AnalyticsResource(services.analytics());
        var kblocks = new KBlocksResource(services.sessions(), names, secrets, access);
        var profiles = new ProfilesResource(services.sessions());
        var health = new HealthResource(services.readiness());
        var metrics = new MetricsResource(services.metrics());
        var pages = new PagesResource();
        AllowedInputs ofSession = strict().withParameters("flow", "session_id");
        return List.of(
                post("/api/onboarding/start", ANYONE, lenient().withFields("flow", "resume", "user_id"), start::start),
                get(
                        "/api/onboarding/status",
                        ANYONE,
                        lenient().withParameters("flow", "session_id", "user_id"),
                        status::read),
                post(
                        "/api/onboarding/first-declaration",
                        ANYONE,
                        lenient().withParameters("session_id").withFields("declaration", "flow", "session_id"),
                        declaration::declare),
                post(
                        "/api/onboarding/complete",
                        ANYONE,
                        lenient().withParameters("session_id").withFields("flow", "session_id"),
                        completion::complete),
                post(
                        "/api/onboarding/cleanup",
                        OPERATOR,
                        lenient().withParameters("hours").withFields(),
                        cleanup::run),
                get(
                        "/api/onboarding/sessions",
                        OPERATOR,
                        lenient()
                                .withParameters(
                                        "completed", "created_before", "cursor", "flow", "limit", "step", "user_id"),
                        sessions::list),
                get(
                        "/api/onboarding/sessions/{id}",
                        OWNER,
                        ofSession.withParameters("flow", "optional", "session_id"),
                        session::read),
                get(
                        "/api/onboarding/sessions/{id}/events",
                        OWNER,
                        ofSession.withParameters("cursor", "flow", "limit", "session_id"),
                        session::events),
                post("/api/onboarding/sessions/{id}/steps/{step}", OWNER, ofSession, session::submit),
                post("/api/onboarding/sessions/{id}/steps/{step}/skip", OWNER, ofSession.withFields(), session::skip),
                post("/api/onboarding/sessions/{id}/dismiss", OWNER, ofSession.withFields(), session::dismiss),
                post("/api/onboarding/sessions/{id}/reopen", OWNER, ofSession.withFields(), session::reopen),
                post("/api/onboarding/sessions/{id}/restart", OWNER, ofSession.withFields(), session::restart),
                post("/api/onboarding/sessions/{id}/complete", OWNER, ofSession.withFields(), session::complete),
                post(
                        "/api/onboarding/sessions/{id}/claim",
                        OWNER,
                        ofSession.withFields("policy", "user_id"),
                        session::claim),
                get("/api/onboarding/flows", ANYONE, strict(), flows::list),
                get("/api/onboarding/flows/{flow}", ANYONE, strict().withParameters("version"), flows::read),
                put(
                        "/api/onboarding/flows/{flow}",
                        OPERATOR,
                        strict().withParameters("dry_run", "make_current"),
                        flows::publish),
                get("/api/onboarding/analytics", OPERATOR, strict(), analytics::read),
                get("/api/kblocks/{id}", OWNER, strict().withParameters("session_id"), kblocks::read),
                get("/api/users/profile", OPERATOR_HIDDEN, strict().withParameters("user_id"), profiles::find),
                get("/api/users/{id}/profile", OPERATOR_HIDDEN, strict(), profiles::read),
                get("/health/live", ANYONE, strict(), health::live),
                get("/health/ready", ANYONE, strict(), health::ready),
                get("/metrics", LOCAL_ONLY, strict(), metrics::scrape),
                page("/", pages::start),
                page("/onboarding", pages::onboarding),
                page("/studio", pages::studio),
                page("/docs", pages::docs),
                page("/onboarding/", pages::redirect),
                page("/studio/", pages::redirect),
                page("/docs/", pages::redirect),
                page("/openapi.yaml", pages::openapi),
                page("/favicon.ico", pages::icon),
                page("/favicon.svg", pages::icon),
                page("/web/{+file}", pages::file),
                page("/webjars/{+file}", pages::library));
    }

    public static SessionCookies cookies(WebServices services, AccessPolicy access) {
        return cookies(services, access, new ClaimSecretGuard(access, services.sessions()));
    }

    private static SessionCookies cookies(WebServices services, AccessPolicy access, ClaimSecretGuard secrets) {
        return new SessionCookies(access, secrets, services.lifetime(), services.clock());
    }
}
