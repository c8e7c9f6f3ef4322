package dev.onward.web;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.publishing.DryRun;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.ReleaseStore;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.SessionLifetime;
import dev.onward.session.SessionService;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the API uses. The caller owns all of it, and closes it after the server.
 *
 * @param readiness checks the parts of the server that must be ready
 * @param metrics the metrics in Prometheus' text format
 * @param outage whether an exception belongs to a database outage that is already logged
 */
public record WebServices(
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
        Supplier<List<ReadinessPart>> readiness,
        Supplier<String> metrics,
        Predicate<Throwable> outage) {}
