package dev.onward.server.http;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.ReleaseStore;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.SessionLifetime;
import dev.onward.server.ops.Outage;
import dev.onward.server.ops.Readiness;
import dev.onward.session.SessionService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;

/** What the API answers from. The caller owns and closes all of it, after the server. */
public record ApiServices(
        SessionService sessions,
        AbandonedSessionCleanup cleanup,
        AnalyticsStore analytics,
        PublishedFlowCatalog flows,
        FlowStore flowStore,
        ReleaseStore releases,
        Publisher publisher,
        DryRun dryRun,
        SessionLifetime lifetime,
        InstantSource clock,
        Readiness readiness,
        Outage outage,
        PrometheusMeterRegistry metrics) {}
